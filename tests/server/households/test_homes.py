"""How many homes an area holds is a public count, told only where a register was given."""

import pytest
from tests.server.consent import arrange

from porchlight.cli import main
from porchlight.core.places import read_area
from porchlight.server.households.access import homes_in

AREA = read_area(arrange.SQUARE)
CSV = """kind,name,zip,lat,lon
address,14 Mill Street,54000,44.1000,-89.3300
address,16 Mill Street,54000,44.0970,-89.3340
address,1 Far Road,54000,44.2000,-89.3300
intersection,Mill and Weir,,44.1001,-89.3301
"""


def test_without_a_register_no_number_is_told(platform):
    assert homes_in(AREA) is None


def test_addresses_inside_and_on_the_edge_count_and_nothing_else(platform, tmp_path, capsys):
    (tmp_path / "town.csv").write_text(CSV)
    assert main(["places", "import", str(tmp_path / "town.csv")]) == 0
    assert capsys.readouterr().out == "3 addresses\n"
    assert homes_in(AREA) == 2


def test_a_new_register_replaces_the_old_one(platform, tmp_path):
    source = tmp_path / "town.csv"
    for lines in (5, 2):
        source.write_text("".join(CSV.splitlines(keepends=True)[:lines]))
        assert main(["places", "import", str(source)]) == 0
    assert homes_in(AREA) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("street,number\n", "line 1"),
        (CSV + "address,x,,north,-89\n", "line 6"),
        (CSV + "address,x,,nan,-89\n", "line 6"),
        (CSV + "address,x\n", "line 6"),
        ("", "line 1"),
    ],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(platform, tmp_path, capsys, text, words):
    source = tmp_path / "town.csv"
    source.write_text(CSV)
    main(["places", "import", str(source)])
    source.write_text(text)
    assert main(["places", "import", str(source)]) == 1
    assert words in capsys.readouterr().err
    assert homes_in(AREA) == 2


def test_a_file_that_is_not_there(platform, tmp_path, capsys):
    assert main(["places", "import", str(tmp_path / "none.csv")]) == 1
    assert "name a CSV file" in capsys.readouterr().err
