"""The public record, through the whole stack, as somebody who is not signed in."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from tests.backends import storage_url
from tests.server.disclosures.sharing import share
from tests.server.video_requests import town

from porchlight.core import tlog
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.clock import use_clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.transparency import actions as log
from porchlight.server.video_requests import actions as requests


@pytest.fixture(autouse=True)
def platform(tmp_path: Path, settings) -> Iterator[Path]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path, storage_url=storage_url(tmp_path))
    object_store.cache_clear()
    yield tmp_path
    object_store.cache_clear()


@pytest.fixture
def clock(db: None) -> Iterator[town.Clock]:
    moved = town.Clock()
    with use_clock(moved):
        yield moved


@pytest.fixture
def agents(clock: town.Clock) -> town.Agents:
    return town.make_agency()


@pytest.fixture
def reviewer(clock):
    return town.make_reviewer("Rowan (demo)")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# -- agencies -----------------------------------------------------------------------------------------------------------
def test_the_list_of_agencies_can_be_searched(agents, visitor):
    town.make_agency("WI0990200")
    page = text(visitor.get("/agencies/"))
    assert "2 have joined." in page
    assert "Alder Falls Police Department 100" in page
    found = text(visitor.get("/agencies/", {"q": "  200 alder "}))
    assert "Department 200" in found
    assert "Department 100" not in found
    assert "No agency found" in text(visitor.get("/agencies/", {"q": "nowhere"}))


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "\u202e\x00", "x" * 100_000, "%", "'; drop table"]
)
def test_a_search_for_anything_answers(agents, visitor, query):
    page = text(visitor.get("/agencies/", {"q": query}))
    assert "<script>alert" not in page


def test_without_agencies_the_page_says_what_will_be_here(db, visitor):
    assert "No agency takes part yet" in text(visitor.get("/agencies/"))


def test_the_page_of_an_agency_counts_what_it_asked_and_nobody_who_was_asked(agents, reviewer, visitor):
    town.approved(agents, reviewer)
    rejected = town.signed(agents, case_number="AF-26-00002")
    town.decide(reviewer, rejected, "reject")
    page = text(visitor.get(f"/agencies/{agents.agency.ori}/"))
    assert "What does Alder Falls Police ask" in page
    assert "The usual time from the supervisor" in page
    assert "How many people were asked is not here" in page
    assert visitor.get(f"/agencies/{agents.agency.pk}/").status_code == 200
    assert visitor.get("/agencies/XX0000000/").status_code == 404
    assert visitor.get("/agencies/" + "x" * 5000 + "/").status_code == 404


def test_a_status_other_than_active_shows(agents, visitor):
    with housekeeping("test"):
        Agency.objects.filter(pk=agents.agency.pk).update(status="suspended")
    assert "Suspended" in text(visitor.get("/agencies/"))
    assert "Suspended" in text(visitor.get(f"/agencies/{agents.agency.ori}/"))


# -- requests -----------------------------------------------------------------------------------------------------------
def test_a_decided_request_is_on_the_record_with_its_reason(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    log.sequence()
    assert "Vehicle theft" in text(visitor.get("/asked/"))
    page = text(visitor.get(f"/asked/{asked.pk}/"))
    for part in (
        "Vehicle theft",
        town.SUMMARY,
        "AF-26-01734",
        "Approved",
        "The area fits the facts",
        "Entry 0",
        "Request sent",
    ):
        assert part in page, part
    assert town.BASIS[:30] not in page
    assert "Officer (demo)" not in page


def test_a_rejected_request_shows_the_reason_and_not_the_agencys_words(agents, reviewer, visitor):
    asked = town.signed(agents)
    town.decide(reviewer, asked, "reject")
    page = text(visitor.get(f"/asked/{asked.pk}/"))
    assert "Rejected" in page
    assert town.SUMMARY not in page


def test_a_withdrawn_request_is_on_the_record(agents, visitor):
    asked = town.signed(agents)
    requests.withdraw(by=agents.officer, request_id=asked.pk)
    assert "Withdrawn" in text(visitor.get(f"/asked/{asked.pk}/"))


def test_what_is_not_decided_is_not_found(agents, visitor):
    for asked in (
        town.save(agents.officer),
        town.submitted(agents, case_number="AF-26-00003"),
        town.signed(agents, case_number="AF-26-00004"),
    ):
        assert visitor.get(f"/asked/{asked.pk}/").status_code == 404
        assert str(asked.pk) not in text(visitor.get("/asked/"))
    assert visitor.get(f"/asked/{uuid.uuid4()}/").status_code == 404


def test_a_delay_is_honoured_to_the_second(agents, reviewer, visitor, clock):
    asked = town.approved(
        agents,
        reviewer,
        publish_delay_days=3,
        publish_delay_reason="The search of the house is not over yet.",
    )
    clock.advance(days=3, seconds=-1)
    assert visitor.get(f"/asked/{asked.pk}/").status_code == 404
    assert str(asked.pk) not in text(visitor.get("/asked/"))
    assert str(asked.pk) not in text(visitor.get(f"/agencies/{agents.agency.ori}/"))
    clock.advance(seconds=1)
    assert visitor.get(f"/asked/{asked.pk}/").status_code == 200


def test_of_a_sensitive_offense_only_group_and_month_are_public(agents, reviewer, visitor):
    asked = town.signed(agents, offense="domestic_violence")
    second = town.make_reviewer("Sasha (demo)")
    for each in (reviewer, second):
        asked.refresh_from_db()
        if asked.state == "signed":
            town.decide(each, asked)
    pages = [
        text(visitor.get(path))
        for path in (f"/asked/{asked.pk}/", "/asked/", f"/agencies/{agents.agency.ori}/")
    ]
    assert "March 2026" in pages[0]
    assert "Some of it is kept back" in pages[0]
    for page in pages:
        for hidden in (
            town.SUMMARY,
            "AF-26-01734",
            "March 18",
            "March 19",
            "square miles around",
            "Domestic violence",
            "44.09",
        ):
            assert hidden not in page, hidden


def test_no_page_changes_when_an_owner_shares(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    log.sequence()
    paths = (
        "/agencies/",
        f"/agencies/{agents.agency.ori}/",
        "/asked/",
        f"/asked/{asked.pk}/",
        "/log/checkpoint",
        "/log/entries/?start=0",
    )
    before = [visitor.get(path).content for path in paths]
    share(asked)
    log.sequence()
    assert [visitor.get(path).content for path in paths] == before


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", ""])
def test_a_page_number_from_nowhere_answers(agents, reviewer, visitor, page):
    town.approved(agents, reviewer)
    assert "Vehicle theft" in text(visitor.get("/asked/", {"page": page}))


# -- the log ------------------------------------------------------------------------------------------------------------
def test_a_visitor_can_check_the_whole_log_and_one_request(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    log.sequence()
    key = text(visitor.get("/log/key")).strip()
    _name, public = tlog.parse_verifier_key(key)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    checkpoint = tlog.parse_checkpoint(
        tlog.open_note(text(visitor.get("/log/checkpoint")), {key: verify}).text
    )
    entries = visitor.get("/log/entries/", {"start": "0"}).content.splitlines()
    assert len(entries) == checkpoint.size
    assert tlog.root([tlog.leaf_hash(each) for each in entries]) == checkpoint.root
    proof = text(visitor.get(f"/log/proof/{asked.pk}"))
    entry = visitor.get(f"/log/entries/{tlog.parse_proof(proof).index}").content
    assert tlog.verify_proof(proof, entry, origin="localhost/log", verifiers={key: verify}).allowed


def test_what_was_hidden_can_be_checked_once_it_is_public(agents, reviewer, visitor, clock):
    asked = town.approved(
        agents, reviewer, publish_delay_days=2, publish_delay_reason="The search is not over yet today."
    )
    log.sequence()
    address = f"/asked/{asked.pk}/opening.json"
    assert visitor.get(address).status_code == 404
    clock.advance(days=2)
    opened = visitor.get(address).json()["opened"]
    assert [each["field"] for each in opened] == ["public_facts", "danger", "public_reason", "danger"]
    for each in opened:
        value = json.dumps(each["value"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert hashlib.sha256(bytes.fromhex(each["nonce"]) + value).hexdigest() == each["sha256"]
        entry = visitor.get(f"/log/entries/{each['entry']}").json()
        assert entry["hidden"][each["field"]] == each["sha256"]
    assert opened[0]["value"]["summary"] == town.SUMMARY
    assert town.BASIS[:20] not in json.dumps(opened)


def test_nothing_more_is_opened_than_the_page_shows(agents, reviewer, visitor):
    rejected = town.signed(agents)
    town.decide(reviewer, rejected, "reject")
    sensitive = town.signed(agents, offense="stalking", case_number="AF-26-00008")
    town.decide(reviewer, sensitive)
    log.sequence()
    for asked in (rejected, sensitive):
        asked.refresh_from_db()
        if asked.state == "signed":
            town.decide(town.make_reviewer("Sasha (demo)"), asked)
            log.sequence()
        opened = visitor.get(f"/asked/{asked.pk}/opening.json").json()["opened"]
        shown = ["public_reason"] if asked is sensitive else ["public_reason", "danger"]
        assert [each["field"] for each in opened] == shown


def test_no_text_of_a_request_stands_in_the_log(agents, reviewer, visitor):
    town.approved(agents, reviewer)
    log.sequence()
    entries = visitor.get("/log/entries/").content.decode()
    for secret in (town.SUMMARY[:20], town.BASIS[:20], "AF-26-01734", "vehicle_theft", "-89.3", "Officer"):
        assert secret not in entries


@pytest.mark.parametrize(
    "path",
    [
        "entries/99",
        "entries/99999999999999999999",
        f"proof/{uuid.UUID(int=7)}",
        "entries/?start=-1",
        "entries/?start=x",
        "entries/?start=" + "9" * 30,
    ],
)
def test_what_is_not_in_the_log_is_not_found(db, visitor, path):
    assert visitor.get(f"/log/{path}").status_code == 404


def test_before_its_first_second_the_log_has_no_checkpoint_and_its_page_says_so(db, visitor):
    assert visitor.get("/log/checkpoint").status_code == 404
    assert "The log is empty" in text(visitor.get("/log/"))


def test_the_page_of_the_log_shows_its_key_and_how_to_check_it(agents, reviewer, visitor):
    town.approved(agents, reviewer)
    log.sequence()
    page = text(visitor.get("/log/"))
    assert text(visitor.get("/log/key")).strip() in page
    assert "http://localhost/log/entries/?start=0" in page
    assert "Request approved" in page


# -- the rest -----------------------------------------------------------------------------------------------------------
def test_the_page_about_says_the_numbers_in_force(db, visitor):
    page = text(visitor.get("/about/"))
    assert "at most 0.5 square miles, at most 12 hours, at most 45 days back" in page


def test_the_base_map_is_the_operators_file_or_empty(db, visitor, platform):
    empty = visitor.get("/map/town.geojson")
    assert empty.json() == {"type": "FeatureCollection", "features": []}
    (platform / "map.geojson").write_text('{"type":"FeatureCollection","features":[1]}')
    for host in ("localhost", "agency.localhost", "review.localhost"):
        response = visitor.get("/map/town.geojson", headers={"host": host})
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == b'{"type":"FeatureCollection","features":[1]}'
        # The agency's side keeps nothing in a cache, not even this.
        assert response["Cache-Control"] == (
            "no-store" if host.startswith("agency") else "public, max-age=3600"
        )


def test_nothing_public_can_be_posted_to(db, visitor):
    for path in (
        "/agencies/",
        "/asked/",
        "/log/",
        "/log/checkpoint",
        "/log/entries/",
        "/about/",
        "/map/town.geojson",
    ):
        assert visitor.post(path).status_code == 405, path


@pytest.mark.parametrize("path", ["/styleguide/", "/offline/", "/sw.js"])
def test_what_every_visitor_gets(db, visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200
    assert response.getvalue()


def test_an_agency_that_has_no_place_to_ask_is_not_called_active(agents, visitor):
    assert "Active" in text(visitor.get("/agencies/"))
    with housekeeping("test"):
        Agency.objects.update(jurisdiction=None)
    for path in ("/agencies/", f"/agencies/{Agency.objects.get().ori}/"):
        page = text(visitor.get(path))
        assert "Cannot ask yet" in page
        assert "Active" not in page


def test_a_request_has_one_day_on_every_page_and_each_page_tells_its_zone(agents, reviewer, clock, visitor):
    clock.at = clock.at.replace(hour=3)  # the evening before, where the agency is
    asked = town.approved(agents, reviewer)
    asked.refresh_from_db()
    local = asked.submitted_at.astimezone(ZoneInfo(asked.agency.timezone))
    assert local.date() != asked.submitted_at.date()
    said = f"{local:%b} {local.day}, {local.year}"
    for path in ("/asked/", f"/agencies/{asked.agency.ori}/"):
        assert said in text(visitor.get(path))
    assert f"{local:%B} {local.day}, {local.year}" in text(visitor.get(f"/asked/{asked.pk}/"))
    zone = asked.agency.timezone
    for path, told in {
        f"/agencies/{asked.agency.ori}/": f"in the zone {zone}",
        f"/asked/{asked.pk}/": f"in the zone {zone}",
        "/asked/": "in the zone of the agency that asked",
        "/log/": "in the zone UTC",
        "/review-desk/": "in the zone UTC",
        "/agencies/": "in the zone UTC",
    }.items():
        assert told in text(visitor.get(path)), path


# -- one entry ----------------------------------------------------------------------------------------------------------
def test_an_entry_is_read_as_a_page_and_proven_under_each_signed_size(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    log.sequence()
    size = int(text(visitor.get("/log/checkpoint")).split("\n")[1])
    page = text(visitor.get(f"/log/{size - 1}/"))
    for part in (
        "Request approved",
        "Alder Falls Police",
        f"/asked/{asked.pk}/",
        "Check it now",
        "Its proof",
    ):
        assert part in page, part
    town.signed(agents, case_number="AF-26-00002")
    log.sequence()
    assert "Not public yet" in text(visitor.get(f"/log/{size}/"))
    entry = visitor.get(f"/log/entries/{size - 1}").content
    for query, under in (("", size + 1), (f"?size={size}", size)):
        proof = tlog.parse_proof(text(visitor.get(f"/log/entries/{size - 1}/proof{query}")))
        checkpoint = tlog.parse_checkpoint(proof.checkpoint.partition("\n\n")[0] + "\n")
        assert checkpoint.size == under
        assert tlog.verify_inclusion(
            tlog.leaf_hash(entry),
            index=proof.index,
            size=checkpoint.size,
            proof=proof.hashes,
            root_hash=checkpoint.root,
        )


@pytest.mark.parametrize(
    "path",
    [
        "/log/0/",
        "/log/99999999999999999999999/",
        "/log/entries/0/proof",
        "/log/entries/99999999999999999999999/proof",
    ],
)
def test_an_entry_that_is_none_is_not_found(db, visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("size", ["0", "1", "-1", "x", "", "9" * 18, "9" * 40])
def test_a_proof_under_a_size_that_was_never_signed_is_not_found(agents, reviewer, visitor, size):
    town.approved(agents, reviewer)
    log.sequence()
    assert visitor.get("/log/entries/1/proof").status_code == 200
    assert visitor.get("/log/entries/1/proof", {"size": size}).status_code == 404


def test_the_page_of_the_log_says_whose_each_entry_is(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    log.sequence()
    page = text(visitor.get("/log/"))
    assert "Request approved" in page
    assert f"/asked/{asked.pk}/" in page
    assert "Alder Falls Police" in page


def test_a_request_that_was_returned_first_shows_why(agents, reviewer, visitor):
    asked = town.signed(agents)
    town.decide(reviewer, asked, "return")
    asked = town.submit(agents.officer, asked)
    asked = requests.sign(by=town.fresh(agents.supervisor), request_id=asked.pk)
    town.decide(reviewer, asked, "approve")
    log.sequence()
    page = text(visitor.get(f"/asked/{asked.pk}/"))
    assert "Returned before" in page
    assert "Request returned" in page
    assert "it had been returned before" in page


def test_what_was_approved_and_then_withdrawn_says_both(agents, reviewer, visitor):
    asked = town.approved(agents, reviewer)
    requests.withdraw(by=agents.officer, request_id=asked.pk)
    assert "approved before, in" in text(visitor.get("/asked/"))
