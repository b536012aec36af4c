from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "porchlight.server.accounts"
    label = "accounts"

    def ready(self) -> None:
        from porchlight.core.visibility import Side  # noqa: PLC0415 - needs the loaded apps
        from porchlight.server.accounts import actors, records, tasks  # noqa: F401, PLC0415 - they register themselves

        actors.register(Side.REVIEW, actors.reviewer)
        actors.register(Side.OPERATOR, actors.operator)
