from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    name = "porchlight.server.households"
    label = "households"

    def ready(self) -> None:
        from porchlight.core.visibility import Side  # noqa: PLC0415 - with the rest
        from porchlight.server.accounts import actors  # noqa: PLC0415 - needs the loaded apps
        from porchlight.server.households import access, tasks  # noqa: F401, PLC0415 - as above

        actors.register(
            Side.RESIDENT, lambda user: access.actor_of(user.pk), lambda _actor: str(_("Your household"))
        )
