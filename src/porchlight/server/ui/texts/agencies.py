"""Texts for the register of agencies, their teams and their keys."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "ori_malformed": _("An ORI code has nine characters, the first two are letters, like WI0010100."),
    "ori_taken": _("%(ori)s is in the register already."),
    "state_unknown": _("Write the state as two letters, like WI."),
    "county_fips_malformed": _("A county's FIPS code has five digits."),
    "population_malformed": _("Write the number of people in digits alone."),
    "mail_domain_malformed": _("Write the mail domain without the @, like alderfalls.example."),
    "phone_malformed": _("Write the phone number in digits, with spaces, dashes or parentheses."),
    "timezone_unknown": _("Write the time zone like America/Chicago."),
    "joined_on_malformed": _("Write the day it joined like 2026-03-14."),
    "jurisdiction_not_given": _("Choose a file, or draw the jurisdiction."),
    "jurisdiction_not_geojson": _("The file is not GeoJSON. Export it as GeoJSON in longitude and latitude."),
    "jurisdiction_file_too_large": _("The file is over %(most_mb)s MB. Export it with fewer points."),
    "mail_address_elsewhere": _("Only addresses of %(domain)s can be invited."),
    "agency_needs_administrator": _("The agency needs an administrator. Make another member one first."),
    "team_needs_custodians": _("%(needed)s evidence custodians with a key are needed. There are %(have)s."),
    "team_needs_supervisor": _("A supervisor is needed, who signs what others write."),
    "team_needs_people": _("%(needed)s people are needed: nobody signs their own request."),
    "key_recipient_malformed": _("The key's public half cannot be read. Make the key again."),
    "key_in_use": _("This key was stored before. Make a new one."),
    "wrapped_key_malformed": _("The key is not locked with a passphrase. Make the key again."),
}
