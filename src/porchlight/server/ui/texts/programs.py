"""Texts for programs: the API, its tokens, evidence systems."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "not_signed_in": _("Sign in, or send a token."),
    "csrf_failed": _("The page’s own token is missing. Load the page again."),
    "token_unknown": _("This token opens nothing here. It may have ended, or belong to another side."),
    "token_scope_missing": _("The token needs the scope %(scope)s."),
    "needs_a_person": _("A person has to do this on the page. No token can."),
    "token_scopes_unknown": _("Choose at least one thing that the token is for."),
    "token_days": _("Choose from 1 to %(most_days)s days."),
    "token_too_many": _("At most %(most)s tokens can be in use at once. End one first."),
    "field_not_as_declared": _("The field “%(field)s” is not as the reference says."),
    "body_not_json": _("What was sent is not JSON."),
    "body_too_large": _("What was sent is too large."),
    "upload_elsewhere": _("The upload stands at byte %(offset)s. Go on from there."),
    "system_name_taken": _("There is an evidence system of this name already."),
}
