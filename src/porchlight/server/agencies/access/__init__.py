"""Every read about agencies and their people."""

from porchlight.server.agencies.access.keys import (
    KeyRecipient,
    OwnKey,
    current_key,
    former_keys,
    key_recipients_for_request,
)
from porchlight.server.agencies.access.members import (
    OfficerFacts,
    OpenInvitation,
    TeamMember,
    agency_invitations,
    agency_people,
    invitation_behind,
    officer_of,
    open_invitations,
    team,
    team_needs,
)
from porchlight.server.agencies.access.register import (
    AgencyEntry,
    PolicyFacts,
    agencies_for_operator,
    agency_facts,
    agency_for_operator,
    my_agency,
    public_agencies,
    public_agency,
)

__all__ = [
    "AgencyEntry",
    "KeyRecipient",
    "OfficerFacts",
    "OpenInvitation",
    "OwnKey",
    "PolicyFacts",
    "TeamMember",
    "agencies_for_operator",
    "agency_facts",
    "agency_for_operator",
    "agency_invitations",
    "agency_people",
    "current_key",
    "former_keys",
    "invitation_behind",
    "key_recipients_for_request",
    "my_agency",
    "officer_of",
    "open_invitations",
    "public_agencies",
    "public_agency",
    "team",
    "team_needs",
]
