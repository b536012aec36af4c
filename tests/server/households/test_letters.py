"""The letter is the only place where a code stands in clear, and the code opens its own home alone."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from tests.server.consent import arrange

from porchlight.cli import main
from porchlight.core.errors import NotFound, Refused
from porchlight.server.households import access, actions
from porchlight.server.households.access import PlaceState
from porchlight.server.households.models import PlaceCode

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def code_in(text: str) -> str:
    return re.search(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b", text)[0]


def test_letters_are_written_once_each_and_their_codes_work(time, tmp_path, capsys):
    ana = arrange.home(verified=False)
    ben = arrange.home("ben@example.org", verified=False)
    out = tmp_path / "letters"
    assert main(["places", "letters", "--out", str(out), "--format", "txt"]) == 0
    assert capsys.readouterr().out.endswith("2 letters\n")
    assert out.stat().st_mode & 0o077 == 0
    texts = {path.stem.removeprefix("letter-"): path.read_text() for path in out.iterdir()}
    assert set(texts) == {ana.household_id, ben.household_id}
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.iterdir())
    for each in PlaceCode.objects.all():
        assert code_in(texts[str(each.household_id)]).replace("-", "") not in str(vars(each))
    with pytest.raises(Refused):
        actions.confirm_code(by=ben, code=code_in(texts[ana.household_id])).require()
    actions.confirm_code(by=ana, code=code_in(texts[ana.household_id]).lower().replace("-", " ")).require()
    assert access.place_state(ana).state is PlaceState.VERIFIED
    assert access.place_state(ben).state is PlaceState.LETTER_SENT
    assert main(["places", "letters", "--out", str(out), "--format", "txt"]) == 0
    assert capsys.readouterr().out == "0 letters\n"


def test_a_letter_as_pdf(time, tmp_path):
    arrange.home(verified=False)
    assert main(["places", "letters", "--out", str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.pdf")
    assert path.read_bytes().startswith(b"%PDF-")


def test_a_directory_that_cannot_be_written_keeps_the_claim_waiting(time, tmp_path, capsys):
    ana = arrange.home(verified=False)
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["places", "letters", "--out", str(blocked)]) == 1
    assert "--out" in capsys.readouterr().err
    assert access.place_state(ana).state is PlaceState.LETTER_WAITS


def test_five_wrong_codes_spend_the_letter(time):
    ana = arrange.home(verified=False)
    letter = actions.print_letter(household_id=UUID(ana.household_id))
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused) as refused:
            actions.confirm_code(by=ana, code="2222-2222").require()
        assert refused.value.reasons[0].params["left"] == left
    with pytest.raises(Refused) as refused:
        actions.confirm_code(by=ana, code="2222-2222").require()
    assert refused.value.reasons[0].code == "code_spent"
    with pytest.raises(Refused):
        actions.confirm_code(by=ana, code=letter.code).require()
    assert access.place_state(ana).state is PlaceState.CODE_SPENT
    actions.request_letter(by=ana)
    with pytest.raises(Refused):
        actions.confirm_code(by=ana, code=letter.code).require()
    fresh = actions.print_letter(household_id=UUID(ana.household_id))
    assert fresh.code != letter.code
    actions.confirm_code(by=ana, code=fresh.code).require()


def test_a_code_works_for_sixty_days(time):
    ana = arrange.home(verified=False)
    letter = actions.print_letter(household_id=UUID(ana.household_id))
    time.pass_(days=60, seconds=1)
    with pytest.raises(Refused):
        actions.confirm_code(by=ana, code=letter.code).require()


def test_moving_needs_a_new_proof(time):
    ana = arrange.home()
    time.at += timedelta(days=1)
    actions.claim_place(by=ana, address="2 Weir Lane, Alder Falls", lat=44.2, lon=-89.3)
    assert access.place_state(ana).state is PlaceState.LETTER_WAITS


def test_moving_leaves_the_cameras_of_the_old_home_behind(time):
    ana = arrange.home()
    time.at += timedelta(days=1)
    actions.claim_place(
        by=ana, address="16 Mill Street, Alder Falls", lat=arrange.CENTRE[0] + 1e-4, lon=arrange.CENTRE[1]
    )
    assert access.cameras(ana).count() == 1
    actions.claim_place(by=ana, address="2 Weir Lane, Alder Falls", lat=44.2, lon=-89.3)
    assert access.cameras(ana).count() == 0


def test_letters_a_month_are_bounded(time):
    ana = arrange.home(verified=False)
    for _ in range(3):
        actions.request_letter(by=ana)
    with pytest.raises(Refused) as refused:
        actions.request_letter(by=ana)
    assert refused.value.reasons[0].code == "too_often"


def test_nobody_else_has_a_household(time):
    vera = arrange.reviewer()
    with pytest.raises(NotFound):
        access.my_household(vera)
    assert not access.cameras(vera).exists()
    with pytest.raises(NotFound):
        actions.claim_place(by=vera, address="2 Weir Lane, Alder Falls", lat=44.2, lon=-89.3)
