"""Why this domain refuses, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, Promise] = {
    "shift_reversed": _("The end is not after the start. Move one of them."),
    "shift_too_long": _("Make it at most %(days)s days. Longer ones go unslept."),
    "shift_too_far": _("Plan at most %(days)s days ahead."),
    "shift_past": _("This time is over. Choose an end that is still to come."),
    "shift_twice": _("You are on call already for a part of this time."),
    "shift_moved_on": _("The rota has changed meanwhile. Look at it as it stands now."),
    "webhook_not_https": _("The address must begin with https:// and hold a host name."),
    "webhook_not_public": _("This address does not lead to a public machine. Nothing was sent there."),
    "webhook_not_allowed": _("The operator does not allow this host. Ask them to add it."),
    "webhook_not_found": _("This host name could not be found."),
    "webhook_not_taken": _("The other machine did not take the message."),
    "alarm_over": _("This request does not wait any more. Nothing was changed."),
}
