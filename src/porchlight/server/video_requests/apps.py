from django.apps import AppConfig


class VideoRequestsConfig(AppConfig):
    name = "porchlight.server.video_requests"
    label = "video_requests"

    def ready(self) -> None:
        from porchlight.server.video_requests import tasks  # noqa: F401, PLC0415 - registers its handlers
