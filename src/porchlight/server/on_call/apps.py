from typing import cast

from django.apps import AppConfig


class OnCallConfig(AppConfig):
    name = "porchlight.server.on_call"
    label = "on_call"

    def ready(self) -> None:
        from porchlight.server.on_call import tasks  # noqa: F401, PLC0415 - registers its handlers
        from porchlight.server.on_call.access.reasons import TEXTS  # noqa: PLC0415
        from porchlight.server.ui import reasons  # noqa: PLC0415 - needs the loaded apps

        cast("dict[str, object]", reasons.TEXTS).update(TEXTS)
