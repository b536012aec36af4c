"""docs/clip-format.md is the specification: what it names is there, and what is there is named."""

import re
from pathlib import Path

import pytest

from porchlight.seal import envelope, errors, grant, manifest, padding, passphrase, payload, receipt

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/clip-format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.split(f". {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_vector_is_named_and_every_named_vector_is_there():
    named = set(re.findall(r"`tests/vectors/([a-z-]+\.json)`", TEXT))
    assert named == {path.name for path in (ROOT / "tests/vectors").glob("*.json")}


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("The manifest", manifest.FIELDS),
        ("The receipt", receipt.FIELDS),
        ("The grant", grant.FIELDS | {"note"}),
        ("The envelope", envelope.FIELDS),
    ],
)
def test_every_field_of_a_document_is_listed(title, fields):
    rows = re.findall(r"^\| ((?:`[a-z0-9_]+`(?:, )?)+) \|", section(title), re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([a-z0-9_]+)`", row)}
    assert listed == fields | {"kind", "version"}


def test_every_code_is_listed_in_both_languages():
    listed = set(re.findall(r"`([a-z_]+)`", section("Refusals")))
    typescript = (ROOT / "web/vault/errors.ts").read_text(encoding="utf-8")
    assert listed == set(re.findall(r'^  \| "([a-z_]+)"', typescript, re.MULTILINE))
    assert set(errors.CODES) < listed


def test_the_numbers_are_those_of_the_code():
    numbers = [
        payload.CHUNK,
        payload.MAX_HEAD,
        padding.BLOCK,
        receipt.MAX_NAME,
        receipt.MAX_PURPOSE,
        grant.MAX_NOTE,
        passphrase.MAX_PASSPHRASE,
    ]
    for number in numbers:
        assert f"{number:,} bytes" in TEXT
    assert f"work factor {passphrase.WORK_FACTOR}" in TEXT
