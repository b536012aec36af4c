import re
from pathlib import Path

import pytest

from porchlight.demo.people import AGENCY, CAST, OFFICERS, RESIDENTS, REVIEWERS, person
from porchlight.demo.town import alder_falls, camera_spots

ROOT = Path(__file__).parents[2]


def test_every_name_says_demo_and_every_mail_address_leads_nowhere():
    for someone in CAST:
        assert someone.name.endswith("(demo)")
        assert someone.email.rpartition(".")[2] == "example"
    assert len({someone.email for someone in CAST}) == len({someone.key for someone in CAST}) == len(CAST)


def test_the_agency_is_plainly_made_up():
    assert re.fullmatch(r"ZZ\d{7}", AGENCY.ori)
    assert AGENCY.state == "ZZ"
    assert AGENCY.mail_domain.endswith(".example")
    assert "555-01" in AGENCY.phone
    assert all(officer.email.endswith("@" + AGENCY.mail_domain) for officer in OFFICERS)


def test_the_agency_has_who_it_needs():
    assert sum(officer.is_custodian for officer in OFFICERS) == 2
    assert [officer.is_supervisor for officer in OFFICERS].count(True) == 1
    assert len(REVIEWERS) == 2


def test_passwords_are_long_and_staff_have_a_second_factor():
    for someone in CAST:
        assert len(someone.password) >= 16
        assert bool(someone.totp_secret) == (someone.side != "resident")
        assert re.fullmatch(r"[A-Z2-7]{32}|", someone.totp_secret)


def test_passphrases_are_six_known_words():
    script = (
        (ROOT / "node_modules/@scure/bip39/wordlists/english.js").read_text()
        if (ROOT / "node_modules").exists()
        else ""
    )
    words = set(re.findall(r"^[`a-z]+$", script, re.MULTILINE)) or None
    phrases = [someone.passphrase for someone in CAST if someone.side in {"resident", "agency"}]
    assert len(set(phrases)) == len(phrases) == 5
    for phrase in phrases:
        assert len(set(phrase.split(" "))) == 6
        assert words is None or words.issuperset(phrase.split(" "))


def test_residents_live_in_town_and_can_have_a_doorbell():
    town = alder_falls()
    spots = camera_spots(town, always=tuple(someone.home_address for someone in RESIDENTS))
    for someone in RESIDENTS:
        assert any(s.home.address == someone.home_address and s.kind == "doorbell" for s in spots)


def test_a_person_is_found_by_key():
    assert person("maya") is RESIDENTS[0]
    with pytest.raises(KeyError):
        person("nobody")
