"""The ASGI application that granian serves."""

import os

from django.core.asgi import get_asgi_application

from porchlight.server.foundation.bodies import bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.server.config.settings")
application = bounded(get_asgi_application())
