"""The numbers in force. Their defaults are also their bounds: an operator may tighten each, and loosen none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace

from porchlight.core.errors import Refused
from porchlight.core.reasons import Reason, reason

_LEAST = "least_"


@dataclass(frozen=True)
class PolicyNumbers:
    """`least_…` may only be raised, `most_…` only lowered. Units stand at the end of each name."""

    least_area_square_miles: float = 0.025
    most_area_square_miles: float = 0.5
    most_vertices: int = 100
    least_inscribed_radius_m: float = 60.0
    least_compactness: float = 0.2

    least_span_minutes: int = 15
    most_span_minutes: int = 720
    most_age_days: int = 45

    most_requests_per_case: int = 2
    most_open_requests: int = 10
    most_requests_per_month: int = 30
    least_seriousness: int = 1
    least_custodians: int = 2

    most_open_days: int = 14
    most_upload_link_days: int = 10
    most_upload_files: int = 25
    most_upload_bytes: int = 2_000_000_000
    most_share_days: int = 180

    most_sign_in_failures: int = 5
    most_idle_minutes: int = 30
    most_session_hours: int = 12

    most_asked_kept_days: int = 30
    least_audit_kept_days: int = 365

    def tightened(self, changes: Mapping[str, object]) -> PolicyNumbers:
        """These numbers with the operator's changes (a parsed TOML table).

        Raises Refused with every fault: an unknown key, a value that is no number of the right kind, one that
        loosens, or numbers that leave nothing possible.
        """
        faults = [fault for key, value in changes.items() for fault in self._faults(key, value)]
        if faults:
            raise Refused(tuple(faults))
        numbers = replace(self, **dict(changes))  # type: ignore[arg-type]  # each value was checked above
        faults = list(_contradictions(numbers))
        if faults:
            raise Refused(tuple(faults))
        return numbers

    def as_dict(self) -> dict[str, int | float]:
        """Every number by its name, as it goes into the public log."""
        return asdict(self)

    def _faults(self, key: str, value: object) -> Iterator[Reason]:
        if key not in {field.name for field in fields(self)}:
            yield reason("policy_key_unknown", key=str(key)[:60])
            return
        bound: int | float = getattr(self, key)
        kinds = (int,) if isinstance(bound, int) else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not math.isfinite(value) or value <= 0:
            yield reason("policy_value_not_a_number", key=key)
            return
        loosens = value < bound if key.startswith(_LEAST) else value > bound
        if loosens:
            yield reason("policy_value_loosens", key=key, value=value, bound=bound)


def _contradictions(numbers: PolicyNumbers) -> Iterator[Reason]:
    """Pairs of bounds that leave nothing between them."""
    for least, most in (
        ("least_area_square_miles", "most_area_square_miles"),
        ("least_span_minutes", "most_span_minutes"),
    ):
        if getattr(numbers, least) > getattr(numbers, most):
            yield reason("policy_bounds_contradict", least=least, most=most)
