"""Forms: from the core's reasons to a form's errors, and the two fields that stand on a map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from porchlight.core.reasons import Reason
from porchlight.server.ui.reasons import text_of

_CORNER = re.compile(
    r"\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*"
)
_LEAST_CORNERS = 3


def add_reasons(
    form: forms.BaseForm,
    reasons: Iterable[Reason],
    field_map: Mapping[str, str],
    *,
    where_clean: bool = False,
) -> None:
    """Put each reason at the field it is about, so that what was typed stays and the page says what to change.

    `field_map` goes from a code, or a beginning of it that ends at an underscore (`area`, `case_number`), to a field's
    name; the longest beginning wins. A `field` parameter that names a field of the form goes before. A reason that is
    about no field stands above the form. `where_clean`: a field that has an objection already gets no second one.
    """
    before = set(form.errors) if where_clean else set()
    for reason in reasons:
        field = _field_of(reason, form, field_map)
        if field not in before:
            form.add_error(field, text_of(reason))


def _field_of(reason: Reason, form: forms.BaseForm, field_map: Mapping[str, str]) -> str | None:
    named = reason.params.get("field")
    if isinstance(named, str) and named in form.fields:
        return named
    beginnings = sorted(field_map, key=len, reverse=True)
    found = next(
        (field_map[b] for b in beginnings if reason.code == b or reason.code.startswith(f"{b}_")), None
    )
    return found if found in form.fields else None


class AreaField(forms.CharField):
    """An area as text, one "latitude, longitude" on each line (a GeoJSON geometry is taken too).

    Cleans to a GeoJSON geometry for `porchlight.core.places.read_area`, which judges the shape; here only the text is
    read. Render it with `{% area_field form.area %}`.
    """

    widget = forms.Textarea(attrs={"rows": 5, "class": "mono", "spellcheck": "false", "autocomplete": "off"})
    default_error_messages = {
        "required": _("Draw the area on the map, or enter its corners as text."),
        "line": _(
            "Line %(line)s cannot be read. Write a latitude, a comma and a longitude, for example 44.1021, -89.3360."
        ),
        "few": _("An area has at least three corners."),
        "json": _("This is not a GeoJSON geometry."),
    }

    def prepare_value(self, value: Any) -> Any:
        """A geometry is shown as its corners."""
        return corners_text(value) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        return self._geometry(text) if text.lstrip().startswith("{") else self._ring(text)

    def _geometry(self, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["json"], code="json") from error

    def _ring(self, text: str) -> dict[str, Any]:
        ring: list[list[float]] = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            found = _CORNER.fullmatch(line)
            if found is None:
                raise ValidationError(self.error_messages["line"], code="line", params={"line": number})
            ring.append([float(found[2]), float(found[1])])
        if len(ring) < _LEAST_CORNERS:
            raise ValidationError(self.error_messages["few"], code="few")
        return {"type": "Polygon", "coordinates": [ring if ring[0] == ring[-1] else [*ring, ring[0]]]}


def corners_text(geometry: Mapping[str, Any]) -> str:
    """The outer ring of a GeoJSON polygon as lines of "latitude, longitude"."""
    rings = geometry.get("coordinates") or [[]]
    ring = rings[0][:-1] if len(rings[0]) > 1 and rings[0][0] == rings[0][-1] else rings[0]
    return "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in ring)


class PlaceField(forms.MultiValueField):
    """One place: cleans to (latitude, longitude) in degrees. Render it with `{% place_field form.place %}`."""

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.FloatField(min_value=-90, max_value=90),
            forms.FloatField(min_value=-180, max_value=180),
        )
        kwargs.setdefault("widget", PlaceInput())
        kwargs.setdefault(
            "error_messages", {"required": _("Put the lamp on the map, or enter latitude and longitude.")}
        )
        super().__init__(fields=fields, require_all_fields=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A place is shown to about 10 cm; what was typed stays as it was typed."""
        return [round(each, 6) if isinstance(each, float) else each for each in value] if value else value

    def compress(self, data_list: list[float]) -> tuple[float, float] | None:
        return (data_list[0], data_list[1]) if data_list else None


class PlaceInput(forms.MultiWidget):
    """Two inputs named `…_lat` and `…_lon`."""

    def __init__(self) -> None:
        numbers = {"inputmode": "decimal", "autocomplete": "off", "class": "mono"}
        super().__init__(
            widgets={"lat": forms.TextInput(attrs=numbers), "lon": forms.TextInput(attrs=numbers)}
        )

    def decompress(self, value: tuple[float, float] | None) -> list[float | None]:
        return [round(each, 6) for each in value] if value else [None, None]
