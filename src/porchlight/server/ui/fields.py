"""One form field with its label, hint, counter and errors wired to its control for screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Text = str | Promise


@dataclass(frozen=True)
class Choice:
    """One option of a group of choices."""

    control: SafeString
    label: Text
    hint: Text


@dataclass(frozen=True)
class FieldPart:
    """What `ui/parts/field.html` places. `kind`: line, check, choices, segments, checks or hidden."""

    kind: str
    id: str
    name: str
    label: Text
    hint: Text
    hint_id: str
    error_id: str
    errors: list[str]
    optional: bool
    control: SafeString
    choices: list[Choice]
    described_by: str
    count_id: str
    maximum: int | None


def field_part(
    bound: BoundField, *, label: Text | None, hint: Text | None, look: str, count: bool, attrs: dict[str, Any]
) -> FieldPart:
    """Work out a bound field. `attrs` go to the control.

    `look` is "" (as the widget says), "choices" (cards), "segments" (a row) or "checks" (a plain list).
    """
    widget = bound.field.widget
    base = bound.auto_id or bound.html_name
    hint_text: Text = hint if hint is not None else bound.help_text
    errors = [str(error) for error in bound.errors]
    maximum = getattr(bound.field, "max_length", None) if count else None
    hint_id, error_id, count_id = f"{base}-hint", f"{base}-error", f"{base}-count"
    marks = [mark for mark, there in ((hint_id, hint_text), (error_id, errors), (count_id, maximum)) if there]
    described_by = " ".join(marks)
    if errors:
        attrs["aria-invalid"] = "true"
    if described_by:
        attrs["aria-describedby"] = described_by
    many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return FieldPart(
        kind=_kind(widget, look),
        id=base,
        name=bound.html_name,
        label=bound.label if label is None else label,
        hint=hint_text,
        hint_id=hint_id,
        error_id=error_id,
        errors=errors,
        optional=not bound.field.required and not isinstance(widget, forms.CheckboxInput),
        control=SafeString() if many else bound.as_widget(attrs=attrs),
        choices=_choices(bound) if many else [],
        described_by=described_by,
        count_id=count_id,
        maximum=maximum,
    )


def _kind(widget: forms.Widget, look: str) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return look or "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


def _choices(bound: BoundField) -> list[Choice]:
    """The options; `field.choice_hints` (value -> sentence) explains them where the form gives it."""
    hints: dict[str, Text] = getattr(bound.field, "choice_hints", {})
    return [
        Choice(option.tag(), option.choice_label, hints.get(str(option.data["value"]), ""))
        for option in bound.subwidgets
    ]
