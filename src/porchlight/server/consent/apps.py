from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "porchlight.server.consent"
    label = "consent"

    def ready(self) -> None:
        from porchlight.server.consent import tasks  # noqa: F401, PLC0415 - registers its handlers
