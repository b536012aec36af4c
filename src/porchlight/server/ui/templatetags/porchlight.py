"""The components, as template tags. They are builtins: no template needs to load them.

Small things
    {% icon "shield" %}                      an icon beside a word
    {% icon "plus" _("Zoom in") %}           an icon that stands alone: the second argument is what is read out
    {% tag _("Active") "moss" "check" %}     a tag; tones: moss plum iris lamp tide, or "" for quiet
    {% when moment %}                        <time>Tuesday, March 10, 2026, 9:00 pm</time> in the reader's zone
    {% when moment "brief" %} {% when moment "day" %} {% when moment "short" %} {% when moment "clock" %}
    {% span start end %}                     a span, the day said once if it is one day
    {% fingerprint hex %}                    a SHA-256 in groups
    {{ bytes|size }} {{ delta|duration }} {{ number|square_miles }} {{ entry.kind|entry_label }}

Forms
    {% error_summary form %}                 above the form; takes several forms; nothing if all is well
    {% field form.case_number class="mono" %}
    {% field form.basis hint=_("Owners read this.") count=True rows=5 %}
    {% field form.fits look="segments" %}    radio buttons as a row; "choices" are cards (the default), "checks" a list
    {% reason_list reasons %}                typed reasons of the core as a list of sentences

Blocks
    {% notice "lamp" "home" _("Answering is voluntary") %}<p>There is no warrant.</p>{% endnotice %}
    {% facts %}{% fact _("Offense") offense %}{% fact _("Case number") number class="mono" %}{% endfacts %}
    {% factblock _("Who asks") %}<a href="…">…</a>{% endfactblock %}     where the value is more than text
    {% more _("What the software checked") %}<p>…</p>{% endmore %}
    {% empty_state "request" _("No requests") %}<p class="sm soft">If one comes, it will be here.</p>{% endempty_state %}
    {% quote _("Words of the agency.") %}<p>…</p>{% endquote %}
    {% answers %}{% answer "share" _("Share") _("Choose clips.") name="answer" value="share" %}…{% endanswers %}
        exactly three, all alike; `href=` makes an answer a link

State
    {% steps list_of_steps label=_("Where this request is") across=True %}    `porchlight.server.ui.parts.Step`
    {% rules list_of_rules %}                                                   `porchlight.server.ui.parts.Rule`
    {% gauge value low high %}

Maps (each with its text beside it; `jurisdiction`, `area`: GeoJSON geometry as dict or JSON text)
    {% map_show label=_("Map: the area asked about, …") area=geometry lamps=own_lamps jurisdiction=… cells=url %}
        `lamps`: list of `ui.maps.lamp(…)`, the viewer's own alone; cells: address of a GeoJSON file with `step` 1-4
    {% area_field form.area jurisdiction=geometry around=positions %}      `ui.forms.AreaField`
    {% place_field form.place direction=form.direction around=positions %}  `ui.forms.PlaceField`

Icons, steps, rules and gauges carry their meaning in words too; a tone never stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from porchlight.server.ui import fields, maps, parts, text, words

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon. Beside a word it is hidden from screen readers; alone it needs `label`."""
    drawn = parts.icon_name(name)
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}"><use href="#i-{}"/></svg>',
            label,
            drawn,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-{}"/></svg>', drawn
    )


@register.simple_tag
def tag(label: str, tone: str = "", icon_name: str = "") -> SafeString:
    """A tag. A tone comes with an icon or says it in its words."""
    return format_html(
        '<span class="tag"{}>{}{}</span>', _tone(tone), icon(icon_name) if icon_name else "", label
    )


@register.simple_tag
def when(moment: date, form: str = "") -> SafeString:
    """A moment in the reader's zone as `<time>`; `form`: "", brief, day, short or clock."""
    if not isinstance(moment, datetime):
        said = text.day(moment, short=form == "short")
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), said)
    said = {
        "": text.moment_text,
        "brief": lambda at: text.moment_text(at, short=True),
        "day": text.day,
        "short": lambda at: text.day(at, short=True),
        "clock": text.clock,
    }[form](moment)
    return format_html(
        '<time datetime="{}">{}</time>', text.local(moment).isoformat(timespec="seconds"), said
    )


@register.simple_tag
def span(start: datetime, end: datetime) -> SafeString:
    """A span in the reader's zone."""
    same_day = text.local(start).date() == text.local(end).date()
    template_text = gettext("%(start)s to %(end)s")
    return mark_safe(  # noqa: S308 - both parts come escaped from `when`
        template_text % {"start": when(start), "end": when(end, "clock" if same_day else "")}
    )


@register.simple_tag
def fingerprint(hexadecimal: str) -> SafeString:
    """A fingerprint in groups of eight."""
    inner = format_html_join(" ", "<span>{}</span>", ((group,) for group in parts.groups(hexadecimal)))
    return format_html('<code class="hash">{}</code>', inner)


@register.filter
def size(count: int) -> str:
    """Bytes as a person says them."""
    return text.file_size(int(count))


@register.filter
def duration(length: timedelta) -> str:
    """A length of time, e.g. `14 hours 30 minutes`."""
    return text.duration(length)


@register.filter
def square_miles(area: float) -> str:
    """`0.26 square miles`."""
    return text.square_miles(float(area))


@register.filter
def entry_label(kind: str) -> str:
    """What an entry of the public log is called."""
    return words.entry_label(kind)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    look: str = "",
    count: bool = False,
    **attrs: Any,
) -> SafeString:
    """A field of a form; further keywords go to the control (underscores become hyphens)."""
    own = {name.replace("_", "-"): value for name, value in attrs.items()}
    part = fields.field_part(bound, label=label, hint=hint, look=look, count=count, attrs=own)
    return render_to_string("ui/parts/field.html", {"part": part})


def _labelled(label: str, error: str) -> str:
    """`Case number: Enter the case number.`; after a question no colon follows."""
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What must change, with links to the fields. The page's script moves the focus here."""
    lines = []
    for form in forms:
        lines += [{"text": error, "target": ""} for error in form.non_field_errors()]
        for bound in form:
            if bound.is_hidden:  # nothing that a person could go to
                lines += [{"text": error, "target": ""} for error in bound.errors]
                continue
            target = bound.auto_id or bound.html_name
            lines += [
                {"text": _labelled(str(bound.label), str(error)), "target": target} for error in bound.errors
            ]
    return {"lines": lines}


@register.simple_tag
def reason_list(reasons: Iterable[Any]) -> SafeString:
    """Reasons as sentences."""
    from porchlight.server.ui.reasons import text_of  # noqa: PLC0415 - builtin tags load before the catalog of texts

    inner = format_html_join("", "<li>{}</li>", ((text_of(reason),) for reason in reasons))
    return format_html('<ul role="list">{}</ul>', inner)


@register.simple_block_tag
def notice(content: str, tone: str, icon_name: str, title: str = "", level: int = 2) -> SafeString:
    """A notice: lamp about the reader's own, iris about agencies, plum what must change, moss what is done."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<div class="notice"{}>{}{}{}</div>', _tone(tone), icon(icon_name), heading, content)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts; its rows are `fact` and `factblock`."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(name: str, value: Any, note: str = "", **attrs: str) -> SafeString:
    """One row of `facts`."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html("<div><dt>{}</dt><dd{}>{}{}</dd></div>", name, _attrs(attrs), value, small)


@register.simple_block_tag
def factblock(content: str, name: str) -> SafeString:
    """One row of `facts` whose value is markup."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", name, content)


@register.simple_block_tag
def more(content: str, summary: str, *, opened: bool = False) -> SafeString:
    """A part that opens when asked."""
    start = format_html(
        '<details class="more"{}><summary>{}{}</summary>', " open" if opened else "", icon("chevron"), summary
    )
    return format_html("{}{}</details>", start, content)


@register.simple_block_tag
def empty_state(content: str, icon_name: str, title: str, level: int = 2) -> SafeString:
    """What would be here, and that nothing is needed."""
    return format_html(
        '<div class="empty">{0}<h{1}>{2}</h{1}>{3}</div>', icon(icon_name), level, title, content
    )


@register.simple_block_tag
def quote(content: str, footer: str = "") -> SafeString:
    """An agency's words."""
    foot = format_html("<footer>{}</footer>", footer) if footer else ""
    return format_html('<blockquote class="quote">{}{}</blockquote>', content, foot)


@register.simple_block_tag
def answers(content: str) -> SafeString:
    """Three answers of equal weight."""
    return format_html('<div class="answers"><div>{}</div></div>', content)


@register.simple_tag
def answer(icon_name: str, title: str, detail: str = "", href: str = "", **attrs: str) -> SafeString:
    """One of the answers: a submit button, or a link with `href`."""
    inner = format_html("{}<b>{}</b><span>{}</span>", icon(icon_name), title, detail)
    if href:
        return format_html('<a class="answer" href="{}"{}>{}</a>', href, _attrs(attrs), inner)
    return format_html('<button class="answer"{}>{}</button>', _attrs(attrs), inner)


@register.inclusion_tag("ui/parts/steps.html")
def steps(steps: Iterable[parts.Step], *, label: str, across: bool = False) -> dict[str, Any]:
    """Where something is on its way."""
    return {"steps": list(steps), "label": label, "across": across}


@register.inclusion_tag("ui/parts/rules.html")
def rules(rules: Iterable[parts.Rule], *, id: str = "") -> dict[str, Any]:  # noqa: A002 - HTML's own word
    """What may be asked, and what holds."""
    return {"rules": list(rules), "id": id}


@register.inclusion_tag("ui/parts/gauge.html")
def gauge(value: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """A value against its bounds; the words beside it say the same."""
    return {"gauge": parts.gauge(value, low, high)}


@register.inclusion_tag("ui/maps/show.html")
def map_show(
    *,
    label: str,
    area: object = None,
    jurisdiction: object = None,
    lamps: Iterable[Any] = (),
    around: Iterable[tuple[float, float]] = (),
    cells: str = "",
    area_label: str = "",
    lamp_label: str = "",
    small: bool = False,
) -> dict[str, Any]:
    """A map to look at. `label` says in words what it shows; the legend names what is on it."""
    own = list(lamps)
    frame = maps.frame(label=label, jurisdiction=jurisdiction, around=around, cells=cells)
    shown = {"area": maps.as_json(area), "lamps": maps.as_json(own) if own else ""}
    return {**frame, **shown, "area_label": area_label, "lamp_label": lamp_label, "small": small}


@register.inclusion_tag("ui/maps/area_field.html")
def area_field(
    bound: BoundField,
    *,
    jurisdiction: object = None,
    around: Iterable[tuple[float, float]] = (),
    cells: str = "",
    hint: str = "",
    label: str = "",
) -> dict[str, Any]:
    """Drawing an area, with its corners as text. `around`: (longitude, latitude) positions to start in view."""
    frame = maps.frame(label=label or str(bound.label), jurisdiction=jurisdiction, around=around, cells=cells)
    part = fields.field_part(
        bound,
        label=gettext("Corners, one “latitude, longitude” on each line"),
        hint="",
        look="",
        count=False,
        attrs={},
    )
    own_hint = hint or gettext(
        "Draw the smallest area that fits the facts: press the pencil, click each corner, then the first one again. "
        "Move a corner by dragging it, or with the arrow keys."
    )
    return {**frame, "bound": bound, "part": part, "hint": own_hint, "texts": maps.draw_texts()}


@register.inclusion_tag("ui/maps/place_field.html")
def place_field(
    bound: BoundField,
    *,
    direction: BoundField | None = None,
    jurisdiction: object = None,
    around: Iterable[tuple[float, float]] = (),
    lamp_label: str = "",
    how: str = "",
) -> dict[str, Any]:
    """Putting one lamp on the map; `direction`: a field of 0 to 359 degrees from north, clockwise.

    `how`: what to do and for what the lamp stands, in place of words that fit any lamp.
    """
    frame = maps.frame(label=str(bound.label), jurisdiction=jurisdiction, around=around)
    lat, lon = bound.subwidgets[0].data["subwidgets"] if bound.subwidgets else ({}, {})
    own = {"direction": direction, "lamp_label": lamp_label, "how": how}
    return {**frame, "bound": bound, "lat": lat, "lon": lon, **own}


def _tone(tone: str) -> SafeString:
    return format_html(' data-tone="{}"', tone) if tone else SafeString()


def _attrs(attrs: dict[str, str]) -> SafeString:
    return format_html_join(
        "", ' {}="{}"', ((name.replace("_", "-"), value) for name, value in attrs.items())
    )
