"""`porchlight agency …` and `porchlight operator …`, as a person runs them."""

import json
import re
from pathlib import Path

import pytest
from django.core import mail
from tests.server.accounts.people import browser
from tests.server.agencies.teams import SQUARE, agency

from porchlight.cli import main
from porchlight.core.visibility import Side
from porchlight.server.accounts.models import StaffInvitation
from porchlight.server.agencies.models import Agency, Invitation

pytestmark = pytest.mark.django_db
HEADING = "ori,name,state,county_fips,population"


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> str:
        path = tmp_path / "agencies.csv"
        path.write_text("\n".join([heading, *lines]) + "\n", encoding=encoding)
        return str(path)

    return write


def fails(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line that a failing command prints."""
    assert main(list(words)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_the_first_operator(capsys):
    assert main(["operator", "add", "olga@console.example", "--name", "Olga"]) == 0
    said = capsys.readouterr().out
    path = re.search(r"http://operator\.localhost:8000(/join/\S+)", said)[1]
    assert browser(Side.OPERATOR).get(path).status_code == 200
    assert "mailed as well" in said
    assert mail.outbox[0].to == ["olga@console.example"]
    assert StaffInvitation.objects.get().display_name == "Olga"


def test_without_a_mail_server_the_link_is_printed(capsys, settings):
    settings.EMAIL_BACKEND = "tests.server.accounts.test_signing_up.RefusingServer"
    assert main(["operator", "add", "olga@console.example"]) == 0
    said = capsys.readouterr().out
    assert "/join/" in said
    assert "Hand it over yourself" in said


def test_an_operators_address_is_checked(capsys):
    assert "not a mail address" in fails(capsys, "operator", "add", "olga")


def test_one_agency_with_its_administrator(capsys, tmp_path):
    shape = tmp_path / "town.geojson"
    shape.write_text(json.dumps(SQUARE))
    words = [
        "agency",
        "add",
        "--ori",
        "wi0010100",
        "--name",
        "Alder Falls Police Department",
        "--state",
        "wi",
    ]
    words += ["--mail-domain", "alderfalls.example", "--case-template", "AF-##-#####"]
    words += ["--jurisdiction", str(shape), "--admin", "chief@alderfalls.example"]
    assert main(words) == 0
    said = capsys.readouterr().out
    path = re.search(r"http://agency\.localhost:8000(/join/\S+)", said)[1]
    assert browser(Side.AGENCY).get(path).status_code == 200
    found = Agency.objects.get()
    assert (found.ori, found.jurisdiction, found.timezone) == ("WI0010100", SQUARE, "America/Chicago")
    assert Invitation.objects.get().is_admin


def test_an_agency_whose_administrator_cannot_be_invited_is_not_added(capsys):
    words = ["agency", "add", "--ori", "WI0010100", "--name", "Alder Falls Police", "--state", "WI"]
    words += ["--mail-domain", "alderfalls.example", "--admin", "chief@elsewhere.example"]
    assert "Only addresses of alderfalls.example" in fails(capsys, *words)
    assert not Agency.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--jurisdiction", "/nowhere/town.geojson"], "No such file"),
        (["--state", "QQ"], "two letters"),
        (["--ori", "X"], "nine characters"),
        (["--case-template", "A"], "changing places"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(capsys, more, says):
    words = ["agency", "add", "--ori", "WI0010100", "--name", "Alder Falls Police", "--state", "WI", *more]
    assert says in fails(capsys, *words)


def test_a_table_is_imported(capsys, table):
    path = table(
        'WI0010100,"Alder Falls, City of",WI,55001,12000',
        "",
        "TX0010100,Elm City Police,TX,,",
        encoding="utf-8-sig",
    )
    assert main(["agency", "import", path]) == 0
    assert "2 agencies were added" in capsys.readouterr().out
    assert set(Agency.objects.values_list("name", "population")) == {
        ("Alder Falls, City of", 12000),
        ("Elm City Police", None),
    }
    assert main(["agency", "list", "--json"]) == 0
    assert [each["ori"] for each in json.loads(capsys.readouterr().out)] == ["WI0010100", "TX0010100"]
    assert main(["agency", "list"]) == 0
    assert "Elm City Police" in capsys.readouterr().out


def test_a_table_with_faults_changes_nothing_and_names_the_lines(capsys, table):
    agency()
    said = fails(
        capsys,
        "agency",
        "import",
        table(
            "TX0010100,Elm City Police,TX,,",
            "TX0010100,Elm Again,TX,,",
            "WI0010100,Dup,WI,,",
            "NY1,N Y,NY,,x",
            "TX0010200,Few",
        ),
    )
    for part in (
        "line 3: TX0010100 stands on line 2",
        "line 4: WI0010100 is in the register",
        "line 5: An ORI code",
        "line 6: fewer values",
    ):
        assert part in said
    assert "line 2:" not in said
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the heading lacks ori, name, state"),
        ("ori,name\nWI0010100,A", "the heading lacks state"),
        ("ori,name,state,colour\nWI0010100,Abc,WI,red", "unknown columns colour"),
        ("ori,name,state,ori\nWI0010100,Abc,WI,x", "twice"),
        ("ori,name,state\n", "no agency in it"),
        ("ori,name,state\nWI0010100,Abc,WI,x", "more values than columns"),
        ('ori,name,state\nWI0010100,"Abc,WI', "not CSV"),
        ("ori,name,state\nWI0010100,A\0bc,WI", "not a text file"),
    ],
)
def test_what_is_no_table_is_said(capsys, tmp_path, text, says):
    path = tmp_path / "x.csv"
    path.write_text(text)
    assert says in fails(capsys, "agency", "import", str(path))


def test_a_file_that_is_not_there_or_not_text(capsys, tmp_path):
    assert "No such file" in fails(capsys, "agency", "import", str(tmp_path / "none.csv"))
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfeo\x00")
    assert "UTF-8" in fails(capsys, "agency", "import", str(path))


def test_a_long_line_of_faults_is_cut(capsys, table):
    said = fails(capsys, "agency", "import", table(*["x,y,z,,"] * 50))
    assert "and 30 more" in said


def test_an_empty_register_says_how_to_fill_it(capsys):
    assert main(["agency", "list"]) == 0
    assert "agency add" in capsys.readouterr().out
