"""The owners' side's own reasons, in words a person can act on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, object] = {
    "place_not_on_map": _("Put the pin on your home on the map."),
    "place_missing": _("Tell us where your home is first."),
    "code_wrong": _("That is not the code in your letter. Check it and try again. Tries left: %(left)s."),
    "code_spent": _("This letter's code can no longer be used. Ask for a new letter."),
    "too_many_cameras": _("A household can list %(most)s cameras. Remove one to add another."),
    "camera_kind_unknown": _("Choose doorbell or outdoor camera."),
    "camera_direction_unknown": _("Choose a direction from the list, or leave it open."),
    "camera_too_far": _(
        "This pin is %(metres)s meters from your home. A camera can be at most %(most_metres)s meters away."
    ),
    "opt_out_unknown": _("Choose what you do not want to be asked about."),
    "key_malformed": _(
        "Your browser sent a key that cannot be used. Load the page again and make a new one."
    ),
    "key_exists": _("Your household has a key already. Unlock that one; a second one was not stored."),
    "key_missing": _("Set up your household's key first. Then clips can be kept here."),
    "upload_missing": _("Choose a video first."),
    "upload_empty": _("This file is empty. Export the video again and choose the new file."),
    "upload_too_large": _("This file is too large. A file can have at most 2 GB. Cut it into shorter parts."),
    "upload_too_many": _(
        "You have sent %(most)s files for this request. That is the most one household can send."
    ),
    "upload_incomplete": _("Part of the video did not arrive. Nothing was shared. Send it again."),
    "upload_wrong_hash": _("The video was changed on its way. Nothing was shared. Send it again."),
    "upload_not_sealed": _(
        "What arrived was not a locked video. Nothing was kept. Load the page again and retry."
    ),
    "upload_used": _("This video was shared already. Nothing was sent twice."),
    "envelope_not_sealed": _(
        "The video's key was not locked as it must be. Nothing was shared. Load the page again."
    ),
    "quota_full": _("Your 50 GB are full. Delete clips that you no longer need, then send this one."),
    "share_days_out_of_range": _("Choose how long they may keep it: 1 to %(most_days)s days."),
    "report_reason_unknown": _("Choose what is wrong with the request."),
}
