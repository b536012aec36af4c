from django.apps import AppConfig


class FootageConfig(AppConfig):
    name = "porchlight.server.footage"
    label = "footage"

    def ready(self) -> None:
        from porchlight.server.footage import tasks  # noqa: F401, PLC0415 - registers its handlers
