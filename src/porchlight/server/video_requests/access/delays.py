"""How long the public may wait for a request, and why."""

from __future__ import annotations

from porchlight.core.policy import canonical_case_number
from porchlight.core.reasons import Reason, reason
from porchlight.core.wording import TextRule, text_reasons
from porchlight.server.video_requests.access.drafts import Draft

MOST_DELAY_DAYS = 30
DELAY_REASON = TextRule("publish_delay_reason", least=10, most=280)


def delay_reasons(draft: Draft) -> tuple[Reason, ...]:
    """What is wrong with the delay of publication."""
    days = draft.publish_delay_days
    if not 0 <= days <= MOST_DELAY_DAYS:
        return (reason("publish_delay_too_long", most=MOST_DELAY_DAYS),)
    if days == 0:
        return ()
    return text_reasons(
        draft.publish_delay_reason, DELAY_REASON, case_number=canonical_case_number(draft.case_number)
    )
