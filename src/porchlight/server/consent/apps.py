from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "porchlight.server.consent"
    label = "consent"

    def ready(self) -> None:
        from porchlight.server.consent import reasons, tasks  # noqa: F401, PLC0415 - registers its handlers
        from porchlight.server.ui import reasons as ui_reasons  # noqa: PLC0415 - as above

        ui_reasons.TEXTS.update(reasons.TEXTS)
