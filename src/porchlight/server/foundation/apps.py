from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "porchlight.server.foundation"
    label = "foundation"

    def ready(self) -> None:
        from porchlight.server.foundation import walls, writeguard  # noqa: PLC0415 - needs the loaded apps

        writeguard.install()
        walls.install()
