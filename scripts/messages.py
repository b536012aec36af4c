"""The catalogs of translated sentences: what is in the program, and what the Spanish catalog says of it.

    python -m scripts.messages            updates each catalog from templates and code; new sentences come in empty
    python -m scripts.messages --compile  makes the binary catalogs that Django reads (`make setup` does this)

Django's own `makemessages` needs GNU gettext on the machine; Babel is a package. A changed sentence is a new sentence:
nothing is guessed from one that looks alike.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "src" / "porchlight" / "server"
LOCALE = SERVER / "locale"
LANGUAGES = ("es",)

_CONTEXT = "c"  # Babel's mark for the argument that is a context
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, _CONTEXT), 2),
    "pgettext_lazy": ((1, _CONTEXT), 2),
    "npgettext": ((1, _CONTEXT), 2, 3),
}
_HEADER = "# Sentences of Porchlight."


def catalog_path(language: str) -> Path:
    """Where a language's sentences stand."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def sources() -> list[Path]:
    """The files that hold sentences for people: the server's code and its templates."""
    code = (path for path in SERVER.rglob("*.py") if "migrations" not in path.parts)
    pages = (
        path for path in SERVER.rglob("templates/**/*") if path.suffix in {".html", ".txt"} and path.is_file()
    )
    return sorted({*code, *pages})


def in_program() -> Catalog:
    """Every sentence of the program, each with the files it stands in."""
    catalog = Catalog()
    for path in sources():
        where = (path.relative_to(ROOT).as_posix(), 0)
        for _line, message, comments, context in _extracted(path):
            known = catalog.get(message[0] if isinstance(message, tuple) else message, context)
            if known is None or where not in known.locations:
                catalog.add(message, locations=[where], auto_comments=comments, context=context)
    return catalog


def of_language(language: str) -> Catalog:
    """A language's catalog as it stands in its file; empty where there is none."""
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def updated(language: str) -> Catalog:
    """The language's catalog with the program's sentences: those that are gone left out, new ones empty."""
    known = of_language(language)
    catalog = Catalog(
        locale=language, domain="django", header_comment=_HEADER, project="Porchlight", fuzzy=False
    )
    for message in in_program():
        if not message.id:
            continue
        before = known.get(key_of(message.id), message.context)
        said = before.string if before is not None and before.pluralizable == message.pluralizable else None
        catalog.add(
            message.id,
            said,
            locations=message.locations,
            auto_comments=message.auto_comments,
            flags=message.flags,
            context=message.context,
        )
    return catalog


def write(language: str) -> None:
    """Bring the language's file up to the program."""
    path = catalog_path(language)
    out = io.BytesIO()
    write_po(out, updated(language), width=110, sort_by_file=True, include_lineno=False, omit_header=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_dates(out.getvalue()))


def compile_catalogs() -> None:
    """Make the binary catalog beside each file of sentences."""
    for language in LANGUAGES:
        with catalog_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, of_language(language))


def missing(language: str) -> list[str]:
    """The program's sentences that this language does not say yet."""
    return [
        key_of(message.id)
        for message in updated(language)
        if message.id and not (all(message.string or ()) if message.pluralizable else message.string)
    ]


def _extracted(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_code(source, str(path))
    yield from extract(
        "python",
        io.BytesIO(source.encode()),
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        options={"encoding": "utf-8"},
    )


def _as_code(template: str, origin: str) -> str:
    """A template as lines of Python that call gettext. Indentation is of no matter there, and would not parse."""
    from django.conf import settings  # noqa: PLC0415 - only templates need Django's reader
    from django.utils.translation.template import templatize  # noqa: PLC0415 - as above

    if not settings.configured:
        settings.configure()
    return "\n".join(line.strip() for line in templatize(template, origin=origin).split("\n"))


def key_of(message_id: str | tuple[str, ...] | list[str]) -> str:
    """What names a sentence: its text, in the singular."""
    return message_id if isinstance(message_id, str) else message_id[0]


def _without_dates(text: bytes) -> bytes:
    """Without the moment and the tool in the head: the file changes only when a sentence does."""
    dated = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Last-Translator',
        b'"Language-Team',
        b'"Report-Msgid',
    )
    return b"\n".join(line for line in text.split(b"\n") if not line.startswith(dated))


def main() -> int:
    """Update or compile; returns 0, or 1 when sentences wait for their translation."""
    parser = argparse.ArgumentParser(description="Catalogs of translated sentences.")
    parser.add_argument("--compile", action="store_true", help="make the binary catalogs only")
    if parser.parse_args().compile:
        compile_catalogs()
        return 0
    waiting = 0
    for language in LANGUAGES:
        write(language)
        count = len(missing(language))
        waiting += count
        print(f"{language}: {count} sentences wait for their translation in {catalog_path(language)}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
