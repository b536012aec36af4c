"""What every test shares: an installation of its own to write to, and nothing that only a real server needs."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from django.conf import settings

_directory = Path(tempfile.mkdtemp(prefix="porchlight-tests-"))
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
settings.PORCHLIGHT = replace(
    settings.PORCHLIGHT, data_dir=_directory, storage_url=f"file://{_directory / 'objects'}"
)
# Serving files is the real server's matter; here it would look at the whole bundle for every test client.
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
