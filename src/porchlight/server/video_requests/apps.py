from typing import cast

from django.apps import AppConfig


class VideoRequestsConfig(AppConfig):
    name = "porchlight.server.video_requests"
    label = "video_requests"

    def ready(self) -> None:
        from porchlight.server.ui import reasons  # noqa: PLC0415 - needs the loaded apps
        from porchlight.server.video_requests import tasks  # noqa: F401, PLC0415 - registers its handlers
        from porchlight.server.video_requests.access.numbers import policy_numbers  # noqa: PLC0415
        from porchlight.server.video_requests.access.reasons import TEXTS  # noqa: PLC0415

        cast("dict[str, object]", reasons.TEXTS).update(TEXTS)
        # A policy file that cannot be used must stop the start, not the first request.
        policy_numbers()
