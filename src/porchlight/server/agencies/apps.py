from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "porchlight.server.agencies"
    label = "agencies"

    def ready(self) -> None:
        from porchlight.core.visibility import Side  # noqa: PLC0415 - needs the loaded apps
        from porchlight.server.accounts import actors  # noqa: PLC0415 - as above
        from porchlight.server.agencies import tasks  # noqa: F401, PLC0415 - registers itself
        from porchlight.server.agencies.access.actor import agency_name, officer_actor  # noqa: PLC0415 - as above

        actors.register(Side.AGENCY, officer_actor, agency_name)
