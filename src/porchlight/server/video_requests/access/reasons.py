"""Why this domain refuses, in words. The core's own reasons have their texts in `server.ui.reasons`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, Promise] = {
    "area_unreadable": _("The corners cannot be read. The note at the map says which line."),
    "request_changed_elsewhere": _(
        "This request was changed in another window meanwhile. What you typed is still here; look at the other "
        "version, then save again to replace it."
    ),
    "request_moved_on": _(
        "This request has moved on meanwhile. Nothing was changed; look at where it stands now."
    ),
    "request_already_decided": _(
        "Another reviewer has decided this request meanwhile. That decision stands."
    ),
    "request_answered_already": _("You have answered this request already. Your first answer stands."),
    "case_number_too_long": _("A case number has at most %(most)s characters. This one has %(characters)s."),
    "text_not_storable": _("Remove the control characters. They cannot be seen, and cannot be stored."),
    "text_far_too_long": _("Shorten this to %(most)s characters. It has %(characters)s."),
    "publish_delay_too_long": _("Choose a delay from 0 to %(most)s days."),
    "flag_not_on_list": _("Choose from the answers on the page."),
    "key_wraps_changed": _(
        "The people who keep keys changed while you were sending, or a key is missing. Send it again: the key is then "
        "wrapped to everybody it is meant for."
    ),
    "key_wrap_malformed": _("A wrapped key did not arrive whole. Send it again."),
    "requester_key_missing": _(
        "Make your own key first, on the Keys page. Without it you could open no video."
    ),
    "reviewer_gave_second_look": _("You gave the second look. Two others decide now."),
    "second_look_needs_new_eyes": _(
        "Somebody who approved it has answered already. The other answer must come from somebody new to it."
    ),
    "verdict_unknown": _("Choose approve, return or reject."),
    "checklist_incomplete": _("Answer every question of the checklist."),
}
