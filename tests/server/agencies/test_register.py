"""The register: agencies from the console, from a table, and where they may ask."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.server.accounts.people import OPERATOR, signed_in, staff
from tests.server.agencies.teams import SQUARE, actor_of, agency, officer

from porchlight.core.errors import NotFound, Refused
from porchlight.core.places import read_jurisdiction
from porchlight.core.visibility import Side
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.access.details import read_details
from porchlight.server.agencies.access.jurisdictions import read_file
from porchlight.server.agencies.models import Agency
from porchlight.server.transparency.models import LogEntry

pytestmark = pytest.mark.django_db
GIVEN = {"ori": "WI0010100", "name": "Alder Falls Police Department", "state": "WI"}


@pytest.fixture
def console():
    return signed_in(staff("olga@console.example", Side.OPERATOR, name="Olga"))


def test_an_agency_is_public_and_in_the_log_at_once(console):
    answer = console.post("/agencies/add/", {**GIVEN, "case_template": "af-##-#####", "population": "12000"})
    home = access.public_agency("wi0010100")
    assert answer["Location"] == f"/agencies/{home.id}/"
    assert (home.case_template, home.timezone, home.population) == ("AF-##-#####", "America/Chicago", 12000)
    assert access.public_agency(home.id) == access.public_agency(str(home.id)) == home
    entry = LogEntry.objects.get()
    assert entry.kind == "agency.joined"
    assert b"WI0010100" in bytes(entry.body)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("ori", "WI001", "ori_malformed"),
        ("ori", "120010100", "ori_malformed"),
        ("name", "ab", "text_too_short"),
        ("name", "a\u202eb cd", "text_direction_controls"),
        ("name", "x" * 1_000_000, "text_too_long"),
        ("name", "Call www.evil.example", "text_link"),
        ("short_name", "x" * 61, "text_too_long"),
        ("state", "QQ", "state_unknown"),
        ("county_fips", "5500", "county_fips_malformed"),
        ("population", "-1", "population_malformed"),
        ("population", "9" * 30, "population_malformed"),
        ("population", "\u0663", "population_malformed"),
        ("mail_domain", "alder falls", "mail_domain_malformed"),
        ("mail_domain", "a" * 300 + ".example", "mail_domain_malformed"),
        ("phone", "call us", "phone_malformed"),
        ("timezone", "Mars/Olympus", "timezone_unknown"),
        ("case_template", "AF", "case_pattern_too_loose"),
        ("case_template", "x" * 1_000_000, "case_pattern_too_long"),
        ("joined_on", "3/14/2026", "joined_on_malformed"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(field, value, code):
    with pytest.raises(Refused) as caught:
        read_details({**GIVEN, field: value})
    assert code in [reason.code for reason in caught.value.reasons]


def test_the_console_keeps_what_was_typed(console):
    answer = console.post("/agencies/add/", {**GIVEN, "ori": "nope", "phone": "call us"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"ori", "phone"}
    assert b"Alder Falls Police Department" in answer.content


def test_one_ori_is_one_agency(console):
    agency()
    answer = console.post("/agencies/add/", GIVEN)
    assert answer.status_code == 422
    assert "is in the register already" in str(answer.context["form"].errors["ori"])


@pytest.mark.parametrize(
    "wrapped",
    [
        SQUARE,
        {"type": "Feature", "properties": {}, "geometry": SQUARE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
    ],
)
def test_a_jurisdiction_comes_from_a_file(console, wrapped):
    home = actions.add_agency(details=read_details(GIVEN), by=OPERATOR)
    file = SimpleUploadedFile("town.geojson", json.dumps(wrapped).encode())
    path = f"/agencies/{home.id}/jurisdiction/"
    assert console.post(path, {"file": file})["Location"] == f"/agencies/{home.id}/"
    assert access.public_agency(home.id).jurisdiction == SQUARE
    assert LogEntry.objects.filter(kind="agency.changed", subject_id=home.id).exists()
    assert console.get(path).status_code == 200
    assert console.get(f"/agencies/{home.id}/").status_code == 200


def test_several_parts_make_one_jurisdiction(console):
    home = agency()
    other = json.loads(json.dumps(SQUARE).replace("-89.3", "-88.3").replace("-89.4", "-88.4"))
    features = [{"type": "Feature", "geometry": each} for each in (SQUARE, other)]
    shape = read_file(json.dumps({"type": "FeatureCollection", "features": features}))
    actions.set_jurisdiction(agency_id=home.id, jurisdiction=shape, by=OPERATOR)
    assert access.public_agency(home.id).jurisdiction["type"] == "MultiPolygon"
    assert console.get(f"/agencies/{home.id}/jurisdiction/").status_code == 200


def test_a_jurisdiction_can_be_drawn(console):
    home = actions.add_agency(details=read_details(GIVEN), by=OPERATOR)
    drawn = "44.1, -89.4\n44.1, -89.3\n44.2, -89.3\n44.2, -89.4"
    assert console.post(f"/agencies/{home.id}/jurisdiction/", {"area": drawn}).status_code == 302
    assert access.public_agency(home.id).jurisdiction["type"] == "Polygon"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b'"x"',
        b"[" * 200_000,
        b'{"type": "Point", "coordinates": [1, 2]}',
        b'{"type": "Polygon", "coordinates": [[[0,0],[1,1],[0,1],[1,0],[0,0]]]}',
        b'{"type": "Polygon", "coordinates": [[[0,0],[NaN,1],[0,1],[0,0]]]}',
        b'{"type": "Polygon", "coordinates": "x"}',
        b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point"}}]}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Feature", "geometry": null}',
        b"\xff\xfe\x00",
        b" " * 2_100_000,
    ],
)
def test_what_is_no_jurisdiction_changes_nothing(console, content):
    home = agency()
    answer = console.post(
        f"/agencies/{home.id}/jurisdiction/", {"file": SimpleUploadedFile("x.geojson", content)}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert access.public_agency(home.id).jurisdiction == SQUARE


def test_nothing_given_is_said(console):
    assert console.post(f"/agencies/{agency().id}/jurisdiction/", {}).status_code == 422


def test_an_agency_does_not_draw_its_own_bounds():
    home = agency()
    boss = actor_of(officer(home, "Boss", is_admin=True))
    for act in (
        lambda: actions.set_jurisdiction(agency_id=home.id, jurisdiction=read_jurisdiction(SQUARE), by=boss),
        lambda: actions.add_agency(details=read_details({**GIVEN, "ori": "WI0099900"}), by=boss),
        lambda: access.agencies_for_operator(boss),
    ):
        with pytest.raises(NotFound):
            act()


def test_absent_agencies_are_not_found(console):
    absent = "00000000-0000-4000-8000-000000000000"
    for path in ("", "jurisdiction/"):
        assert console.get(f"/agencies/{absent}/{path}").status_code == 404
    for name in ("nope", absent, "", "WI0010100"):
        with pytest.raises(NotFound):
            access.public_agency(name)


def test_the_console_lists_what_each_agency_needs(console):
    agency()
    actions.add_agency(details=read_details({**GIVEN, "ori": "WI0020200", "name": "Birch Police"}), by=None)
    page = console.get("/").content.decode()
    assert "Team not complete" in page
    assert "No jurisdiction" in page


def test_the_console_invites_the_first_administrator(console):
    home = agency()
    path = f"/agencies/{home.id}/invite/"
    given = {"name": "Chief Lee", "email": "lee@alderfalls.example", "title": "Chief"}
    assert console.post(path, {**given, "email": "lee@elsewhere.example"}).status_code == 422
    assert console.post(path, given).status_code == 302
    page = console.get(f"/agencies/{home.id}/").content.decode()
    assert "Chief Lee" in page
    invitation = access.agency_invitations(OPERATOR, home.id)[0]
    assert invitation.is_admin
    assert console.post(f"/agencies/{home.id}/invitations/{invitation.id}/withdraw/").status_code == 302
    assert access.agency_invitations(OPERATOR, home.id) == ()


def test_what_policy_asks_of_an_agency():
    home = agency(case_template="AF-##-#####")
    officer(home, "Dana")
    facts = access.agency_facts(home.id)
    assert (facts.case_pattern, facts.officers, facts.custodians_with_keys, facts.active) == (
        "AF-##-#####",
        1,
        0,
        True,
    )
    assert Agency.objects.count() == 1


def test_a_long_register_is_shown_in_parts_and_searched(console):
    lines = [read_details({**GIVEN, "ori": f"WI{n:07d}", "name": f"Town {n:03d} Police"}) for n in range(130)]
    assert actions.import_agencies(lines=lines, by=OPERATOR) == 130
    first = console.get("/").content.decode()
    assert "Town 099 Police" in first
    assert "Town 100 Police" not in first
    assert "Town 100 Police" in console.get("/?from=100").content.decode()
    found = console.get("/?q=town+007").content.decode()
    assert "Town 007 Police" in found
    assert "Town 008 Police" not in found
    for odd in ("?from=-1", "?from=x", "?from=99999999999", "?q=%00%F0", "?from=\u0663"):
        assert console.get(f"/{odd}").status_code == 200
    assert LogEntry.objects.count() == 130


def test_an_import_with_one_fault_adds_none():
    lines = [read_details({**GIVEN, "ori": ori}) for ori in ("WI0010100", "WI0020200", "WI0010100")]
    with pytest.raises(Refused):
        actions.import_agencies(lines=lines, by=None)
    assert not Agency.objects.exists()
    assert not LogEntry.objects.exists()


def test_everything_that_is_wrong_with_an_agency_is_said_at_once(console):
    answer = console.post("/agencies/add/", {"name": "", "ori": "nope", "state": "", "phone": "call us"})
    said = answer.content.decode()
    assert answer.status_code == 422
    for field in ("name", "ori", "state", "phone"):
        assert f'id="id_{field}-error"' in said, field
    assert "like WI0010100" in said
    assert Agency.objects.count() == 0
    assert console.post("/agencies/add/", {}).status_code == 422
    assert '<details class="more">' in said
    folded = console.post("/agencies/add/", {**GIVEN, "population": "many"}).content.decode()
    assert '<details class="more" open>' in folded, "what is wrong is never folded away"


@pytest.mark.parametrize("path", ["/people/invite/", "/agencies/{}/invite/"])
def test_a_missing_name_and_a_broken_address_are_said_together(console, path):
    given = {"side": "review", "display_name": "", "name": "", "email": "nobody"}
    answer = console.post(path.format(agency().id), given)
    assert answer.status_code == 422
    assert answer.content.decode().count('aria-invalid="true"') == 2
