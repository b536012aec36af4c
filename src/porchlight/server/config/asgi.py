"""The ASGI application that granian serves."""

import os

from porchlight.server.foundation import answering
from porchlight.server.foundation.bodies import bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.server.config.settings")
application = bounded(answering.application())
