"""Every read of a video request. The agency's doors, the review desk's, the owners' and the public's are apart."""

from porchlight.server.video_requests.access.delays import DELAY_REASON, MOST_DELAY_DAYS, delay_reasons
from porchlight.server.video_requests.access.drafts import FLAGS, Draft, draft_of
from porchlight.server.video_requests.access.names import (
    group_name,
    offense_choices,
    offense_group,
    offense_name,
)
from porchlight.server.video_requests.access.numbers import policy_numbers
from porchlight.server.video_requests.access.own import (
    Case,
    OwnWrap,
    Person,
    agency_of,
    cases_of,
    check,
    checks_of,
    has_own_key,
    own_wraps,
    person,
    request_for,
    requests_of,
    requests_page,
    signers,
)
from porchlight.server.video_requests.access.owners import OpenRequest, open_request, open_requests
from porchlight.server.video_requests.access.public import PublicRequest, public_request, public_requests
from porchlight.server.video_requests.access.review import (
    ANSWERS,
    CHECKLIST,
    ReviewCase,
    Waiting,
    decisions_of,
    queue,
    review_request,
)
from porchlight.server.video_requests.access.seeing import may
from porchlight.server.video_requests.access.urgency import Urgency, urgency

__all__ = [
    "ANSWERS",
    "CHECKLIST",
    "DELAY_REASON",
    "FLAGS",
    "MOST_DELAY_DAYS",
    "Case",
    "Draft",
    "OpenRequest",
    "OwnWrap",
    "Person",
    "PublicRequest",
    "ReviewCase",
    "Urgency",
    "Waiting",
    "agency_of",
    "cases_of",
    "check",
    "checks_of",
    "decisions_of",
    "delay_reasons",
    "draft_of",
    "group_name",
    "has_own_key",
    "may",
    "offense_choices",
    "offense_group",
    "offense_name",
    "open_request",
    "open_requests",
    "own_wraps",
    "person",
    "policy_numbers",
    "public_request",
    "public_requests",
    "queue",
    "request_for",
    "requests_of",
    "requests_page",
    "review_request",
    "signers",
    "urgency",
]
