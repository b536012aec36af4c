"""Why something is allowed, refused or needed: a code with its numbers.

A reason's text lives with the pages, in each language; here it is a code that stays the same for ever and the
values that the text needs. Units stand in the names of the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from porchlight.core.errors import Refused

Params = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Reason:
    """`code` is snake_case; `params` are plain strings and numbers, moments as ISO 8601 text."""

    code: str
    params: Params = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.params.items()))))

    def __reduce__(self) -> tuple[type[Reason], tuple[str, dict[str, str | int | float]]]:
        return Reason, (self.code, dict(self.params))

    def as_dict(self) -> dict[str, object]:
        """A form that JSON can hold; `from_dict` reads it back."""
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_dict(cls, value: Mapping[str, object]) -> Self:
        """Reads what `as_dict` wrote. Raises ValueError for anything else."""
        code, params = value.get("code"), value.get("params", {})
        if not isinstance(code, str) or not isinstance(params, Mapping):
            raise ValueError("not a reason")  # noqa: TRY004  the value read is wrong, whatever its type
        return cls(code, params)


def reason(code: str, **params: str | float) -> Reason:
    """`reason("span_too_long", hours=14.5, most_hours=12)`."""
    return Reason(code, params)


@dataclass(frozen=True)
class Decision:
    """A verdict and why. A refusal always has a reason; an approval may have some. It is true when allowed."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.allowed and not self.reasons:
            raise ValueError("a refusal needs a reason")

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raises Refused with all reasons unless allowed."""
        if not self.allowed:
            raise Refused(self.reasons)

    @classmethod
    def unless(cls, *objections: Reason | None) -> Self:
        """Allowed unless something speaks against it; None says nothing."""
        reasons = tuple(each for each in objections if each is not None)
        return cls(not reasons, reasons)
