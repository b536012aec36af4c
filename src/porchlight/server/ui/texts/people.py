"""Texts for who may do what: roles, second looks, accounts, policy files."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "not_found": _("There is nothing here, or it is not open to you."),
    "changed_meanwhile": _("Someone else changed this first. Look at it again, then decide."),
    "move_not_possible": _("This step is not possible any more. Look at the page again: it has moved on."),
    "not_the_person_named": _("This is for another person to do."),
    "not_in_this_state": _("This is not possible as things stand now."),
    "own_act_needs_another_person": _("Another person has to do this, not the one who asked."),
    "role_may_not": _("Your role does not include this."),
    "second_factor_needed": _("Set up a second step first."),
    "second_factor_again": _("Enter your second step again."),
    "signer_is_requester": _("You wrote this request. Another supervisor has to sign it."),
    "reviewer_took_part": _("You took part in this request, so you cannot review it."),
    "reviewer_tied_to_agency": _("You have a tie to this agency, so you cannot review its requests."),
    "reviewer_declared_conflict": _("You declared a conflict of interest. Another reviewer decides."),
    "reviewer_already_decided": _("You have decided on this request already. A second person has to look."),
    "two_reviewers_assembly": _("Two people decide, because the request touches an assembly."),
    "two_reviewers_speech": _("Two people decide, because the request touches speech."),
    "two_reviewers_minors": _("Two people decide, because the request touches minors."),
    "two_reviewers_overlapping": _(
        "Two people decide, because %(requests)s other requests cover the same place and time."
    ),
    "two_reviewers_single_officer": _("Two people decide, because the agency has a single officer."),
    "too_often": _("That was too often. Try again in %(minutes)s."),
    "already_a_member": _("This person is a member already."),
    "address_in_use": _("This mail address belongs to an account on another side. Use another one."),
    "mail_address_malformed": _("This is not a mail address. Check for a missing @ or a blank."),
    "policy_key_unknown": _("The policy file has a number that does not exist: %(key)s."),
    "policy_value_not_a_number": _("%(key)s in the policy file must be a number."),
    "policy_value_loosens": _("%(key)s may be tightened, never loosened past %(bound)s."),
    "policy_bounds_contradict": _("The least (%(least)s) is more than the most (%(most)s)."),
    "custody_not_the_head": _("The custody record has %(entries)s entries; %(expected)s were expected."),
    "custody_chain_broken": _("The custody record is broken at entry %(entry)s."),
    "custody_entry_changed": _("Entry %(entry)s of the custody record was changed."),
    "log_proof_of_another_log": _("The proof belongs to another log."),
    "log_proof_not_included": _("The entry is not in the public log."),
    "log_proof_not_valid": _("The proof cannot be read: %(fault)s."),
}
