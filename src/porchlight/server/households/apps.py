from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "porchlight.server.households"
    label = "households"

    def ready(self) -> None:
        from porchlight.server.households import tasks  # noqa: F401, PLC0415 - registers its handlers
