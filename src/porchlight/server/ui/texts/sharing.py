"""Texts for owners: households, cameras, keys, uploads, consent."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    # Consent
    "request_not_approved": _("This request is not open."),
    "request_closed": _("This request is closed. Nothing can be shared for it any more."),
    "request_paused": _("This request is paused while the review desk looks at a report. Try again later."),
    "request_not_for_this_household": _("This request does not concern your household."),
    "case_closed": _("The case is closed. Nothing can be shared for it any more."),
    "too_many_files": _("You have shared %(files)s files. At most %(most)s are possible for one request."),
    "consent_missing": _("There is no consent for this. Only the owner can share it."),
    "consent_for_another_clip": _("The consent names another clip."),
    "consent_for_another_request": _("The consent names another request."),
    "consent_not_by_owner": _("The consent is not the owner’s."),
    "consent_not_yet_given": _("The consent is dated later than now. Check this device’s clock."),
    "consent_withdrawn": _("The owner took this back."),
    "consent_expired": _("The consent has ended."),
    "report_reason_unknown": _("Choose what is wrong with the request."),
    "share_days_out_of_range": _("Choose from 1 to %(most_days)s days."),
    "share_ended": _("This video is no longer shared."),
    "share_broken": _("What was sent cannot be opened by the agency. Nothing was shared; try again."),
    # Uploads
    "not_understood": _("This page is out of date. Load it again; what you chose is still on your device."),
    "upload_missing": _("The file has not arrived. Upload it again."),
    "upload_empty": _("The file is empty. Choose another one."),
    "upload_incomplete": _(
        "The upload is not complete: %(bytes)s of %(most_bytes)s have arrived. Start it again; it goes on where it stopped."
    ),
    "upload_wrong_hash": _("What arrived is not what was sent. Upload the file again."),
    "upload_too_large": _("The file has %(bytes)s. At most %(most_bytes)s are possible; cut it first."),
    "uploads_unfinished": _(
        "At most %(most)s uploads can be under way at once. Let one finish, or wait ten days for them to be cleared."
    ),
    "upload_too_many": _("At most %(most)s files are possible for one request."),
    "upload_used": _("This upload is used already. Start a new one."),
    "upload_not_sealed": _(
        "The file was not locked in the browser, so it was not taken. Load the page again."
    ),
    "envelope_not_sealed": _(
        "The key was not locked in the browser, so it was not taken. Load the page again."
    ),
    "quota_full": _(
        "Your household’s space is full: %(left_bytes)s of %(most_bytes)s are left. Delete a clip first."
    ),
    "quota_full_unproven": _(
        "A home whose address is not proven yet has %(most_bytes)s here, and %(left_bytes)s are left. Enter the code from the letter, or delete a clip first."
    ),
    # Keys
    "key_malformed": _("The key cannot be read. Load the page again."),
    "key_missing": _("There is no key yet. Set up your keys first."),
    "key_exists": _("There is a key already. It was not replaced."),
    "no_key_for_request": _(
        "You have no key for this request. Ask one of your agency’s evidence custodians."
    ),
    "event_unknown": _("This cannot be recorded."),
    "key_changed": _("The key was changed meanwhile. Load the page again and unlock it."),
    "key_change_unfinished": _("The last change of the key is not finished. Let it finish first."),
    "doors_changed": _("Somebody changed their words or a passkey meanwhile. Press the button again."),
    "too_many_passkeys": _("You have %(most)s passkeys for the key. Remove one first."),
    # Households and cameras
    "only_a_holder": _("Only a holder of the household can do this. Ask one of them."),
    "household_already": _("You belong to a household already. Leave it first, then open the link again."),
    "household_needs_holder": _("A household needs one holder at least. Name another one first."),
    "too_many_members": _("A household has at most %(most)s people."),
    "leave_instead": _("You cannot remove yourself. Leave the household instead."),
    "not_alone": _("Other people belong to this household. Leave it, or remove them first."),
    "last_member": _("You are the last person here. Delete the household instead."),
    "place_missing": _("Put the lamp on the map first."),
    "place_not_on_map": _("Latitude goes from -90 to 90, longitude from -180 to 180."),
    "code_wrong": _("This is not the code. You can try %(left)s more times."),
    "code_spent": _("This code cannot be used any more. Ask for a new letter."),
    "camera_too_far": _(
        "This camera would be %(metres)s meters from your home. At most %(most_metres)s are possible."
    ),
    "camera_kind_unknown": _("Choose what kind of camera it is."),
    "camera_direction_unknown": _("The direction goes from 0 to 359 degrees."),
    "too_many_cameras": _("You have %(most)s cameras. No more are possible."),
    "opt_out_unknown": _("Choose what you no longer want to get."),
}
