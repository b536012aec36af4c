"""The demo touches only what it made, and a fill that was broken off begins again."""

import pytest

from porchlight.demo import place


def test_a_platform_that_is_no_demo_is_neither_filled_nor_deleted(tmp_path):
    (tmp_path / place.DATABASE).write_text("somebody's")
    for act in (place.begin, place.clear):
        with pytest.raises(place.NotADemo, match="PORCHLIGHT_DATA_DIR"):
            act(tmp_path)
    assert (tmp_path / place.DATABASE).read_text() == "somebody's"


def test_a_filled_directory_is_kept_as_it_is(tmp_path):
    note = place.DemoNote(filled=True, password="p", people={"maya": "1"})
    place.write_note(tmp_path, note)
    (tmp_path / place.DATABASE).write_text("filled")
    assert place.begin(tmp_path) == note
    assert (tmp_path / place.DATABASE).read_text() == "filled"


def test_a_fill_that_was_broken_off_begins_again(tmp_path):
    first = place.begin(tmp_path)
    (tmp_path / place.DATABASE).write_text("half")
    (tmp_path / "objects" / "ab").mkdir(parents=True)
    second = place.begin(tmp_path)
    assert not second.filled
    assert second.password != first.password
    assert not (tmp_path / place.DATABASE).exists()
    assert not (tmp_path / "objects").exists()


def test_reset_deletes_what_the_demo_made_and_nothing_else(tmp_path):
    place.write_note(tmp_path, place.DemoNote(filled=True, password="p"))
    for name in (place.DATABASE, f"{place.DATABASE}-wal", "log.key", "map.geojson", "mine.txt"):
        (tmp_path / name).write_text("x")
    for name in ("objects", place.MAIL, place.CLIPS, "my-folder"):
        (tmp_path / name).mkdir()
    place.clear(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "my-folder", place.CLIPS}


def test_the_note_is_for_its_user_alone_and_hides_the_password(tmp_path):
    note = place.begin(tmp_path)
    assert (tmp_path / place.NOTE).stat().st_mode & 0o777 == 0o600
    assert note.password not in repr(note)
    assert len(note.password) >= 12
    assert [path.name for path in tmp_path.iterdir()] == [place.NOTE]
