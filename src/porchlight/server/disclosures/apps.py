from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "porchlight.server.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        from porchlight.server.disclosures import tasks  # noqa: F401, PLC0415 - registers its handlers
