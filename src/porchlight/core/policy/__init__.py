"""What may be asked. Policy only answers "may this go on, and if not, why"; it never does anything.

Every check is made every time and every broken one is told: the page, the server and the review desk ask the same
functions, so an officer sees while typing what would be refused later.
"""

from porchlight.core.policy.case_numbers import CasePattern, canonical_case_number, read_case_pattern
from porchlight.core.policy.checking import checks, violations
from porchlight.core.policy.checks import Bound, Check, CheckState, Rule, Unit
from porchlight.core.policy.danger import Danger, danger_found, danger_reasons, stricter
from porchlight.core.policy.facts import (
    AgencyFacts,
    PastRequest,
    RequestFacts,
    Span,
    counts_for_case,
    earlier_that_count,
)
from porchlight.core.policy.numbers import PolicyNumbers
from porchlight.core.policy.people import (
    ReviewerFacts,
    Verdict,
    may_decide,
    may_sign,
    reviewers_needed,
    ruling,
)

__all__ = [
    "AgencyFacts",
    "Bound",
    "CasePattern",
    "Check",
    "CheckState",
    "Danger",
    "PastRequest",
    "PolicyNumbers",
    "RequestFacts",
    "ReviewerFacts",
    "Rule",
    "Span",
    "Unit",
    "Verdict",
    "canonical_case_number",
    "checks",
    "counts_for_case",
    "danger_found",
    "danger_reasons",
    "earlier_that_count",
    "may_decide",
    "may_sign",
    "read_case_pattern",
    "reviewers_needed",
    "ruling",
    "stricter",
    "violations",
]
