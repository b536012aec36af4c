"""Every reason that the core or a domain can give has a text, and the text fits its parameters."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from porchlight.core.lifecycle import RequestState, ShareState
from porchlight.core.log_entries import EntryKind
from porchlight.core.offenses import OFFENSES, OffenseGroup
from porchlight.core.policy.checks import Rule
from porchlight.core.reasons import Reason, reason
from porchlight.server.disclosures.actions.opening import CLIENT_EVENTS
from porchlight.server.portals.agency import shared_words
from porchlight.server.portals.resident import custody_words
from porchlight.server.ui import rules, words
from porchlight.server.ui.reasons import TEXTS, text_of

SOURCE = Path(__file__).resolve().parents[2] / "src" / "porchlight"
PLACES = [*(SOURCE / "core").rglob("*.py"), *(SOURCE / "server").rglob("*.py")]
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
# Where a call gives the code in a variable, these are the codes it can be.
BUILT = {
    "core/places/reading.py": {
        "area_self_intersecting",
        "area_not_simple",
        "area_position_not_a_pair",
        "area_coordinate_not_finite",
        "area_coordinate_out_of_range",
    },
    "core/policy/case_checks.py": {"open_limit_reached", "month_limit_reached"},
    "core/policy/people.py": {"two_reviewers_assembly", "two_reviewers_speech", "two_reviewers_minors"},
    "server/footage/actions/clips.py": {"quota_full", "quota_full_unproven"},
    "server/foundation/edge.py": {"changed_meanwhile"},
    "server/on_call/actions/reaching.py": {"webhook_not_https", "webhook_not_allowed"},
    "server/portals/review/on_call.py": {
        "webhook_not_https",
        "webhook_not_allowed",
        "webhook_not_public",
        "webhook_not_found",
        "webhook_not_taken",
    },
    "core/reasons.py": set(),
}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in PLACES:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in {"reason", "Reason", "Conflict"} and node.args:
                yield path.relative_to(SOURCE).as_posix(), node


def codes() -> Iterator[tuple[str, set[str] | None]]:
    """Each code with the names of its parameters; None where they are not written out."""
    for place, call in calls():
        first = call.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            if CODE.fullmatch(first.value):
                written = all(keyword.arg for keyword in call.keywords) and len(call.args) == 1
                yield first.value, {str(k.arg) for k in call.keywords} if written else None
        elif ast.unparse(first).startswith("str("):
            continue  # the code of a Conflict, which is listed where it is raised
        else:
            assert place in BUILT, f"{place} builds a code; list what it can be"
            yield from ((code, None) for code in BUILT[place])


@pytest.mark.parametrize("code", sorted({code for code, _ in codes()}))
def test_a_code_has_a_text(code: str) -> None:
    assert code in TEXTS


@pytest.mark.parametrize(
    ("code", "given"), sorted((c, tuple(sorted(n))) for c, n in codes() if n is not None)
)
def test_a_text_names_only_parameters_that_come(code: str, given: tuple[str, ...]) -> None:
    asked = set(re.findall(r"%\((\w+)\)s", str(TEXTS.get(code, ""))))
    # A text may leave a parameter out; one place may give fewer than another, never fewer than the text needs.
    assert asked <= set(given)


def test_numbers_are_said_with_their_units() -> None:
    said = text_of(
        reason("span_too_long", minutes=870, most_minutes=720, latest_end="2026-03-19T13:00:00+00:00")
    )
    assert "14 hours 30 minutes" in said
    assert "12 hours" in said
    assert "Thursday, March 19, 2026, 1:00 pm UTC" in said
    assert "0.61" in text_of(reason("area_too_large", square_miles=0.612, most_square_miles=0.5))


def test_a_code_without_a_text_is_shown_and_not_hidden() -> None:
    assert "never_heard_of" in text_of(Reason("never_heard_of"))


def test_a_text_survives_a_parameter_that_did_not_come() -> None:
    assert "–" in text_of(Reason("span_too_short"))


def custody_events() -> set[str]:
    """What can stand in a share's custody: what a browser may tell, and what the actions write by themselves."""
    found = set(CLIENT_EVENTS)
    for path in (SOURCE / "server" / "disclosures" / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"note", "_end"}:
                given = [*(k.value for k in node.keywords if k.arg == "event"), *node.args]
                inner = [each for one in given for each in ast.walk(one)]
                found |= {each.value for each in inner if isinstance(each, ast.Constant)}
    return found


def test_every_act_of_custody_has_words_for_the_owner_and_for_the_agency() -> None:
    events = custody_events()
    assert {"shared", "key_opened", "withdrawn", "revoked", "deleted"} <= events
    assert events == set(custody_words._EVENTS)
    assert events == {*shared_words._BY_OFFICER, *shared_words._OTHERS}


def test_everything_with_a_name_on_pages_has_one() -> None:
    assert {offense.code for offense in OFFENSES} == set(words.OFFENSE_LABELS)
    assert set(OffenseGroup) == set(words.GROUP_LABELS)
    assert set(RequestState) == set(words.REQUEST_STATES)
    assert set(ShareState) == set(words.SHARE_STATES)
    assert set(EntryKind) == set(words.ENTRY_LABELS)
    assert set(Rule) == set(rules._NAMES)
    listed = [code for _group, choices in words.offense_choices() for code, _label in choices]
    assert sorted(listed) == sorted(words.OFFENSE_LABELS)
