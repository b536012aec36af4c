"""Pages: no inline script or style, and every word a person reads goes through gettext."""

import re
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parents[2] / "src" / "porchlight" / "server"
TEMPLATES = sorted([*SERVER.rglob("templates/**/*.html"), *SERVER.rglob("templates/**/*.txt")])
# The message frame of a mail needs its styles inline: mail programs drop style sheets.
MAIL = re.compile(r"/mail/")
# The style guide's samples are for builders, in English.
UNTRANSLATED = {"styleguide.html"}
BLOCK = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}|{%-?\s*comment\b.*?{%-?\s*endcomment\s*-?%}"
    r"|<(script|style|code|svg)\b.*?</\1>|<!--.*?-->|{#.*?#}",
    re.DOTALL,
)
TEXT_ATTRIBUTE = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"{]*[A-Za-z]{2}[^"{]*)"')


def visible_text(source: str) -> str:
    """What stands in a template outside tags, variables and translated blocks."""
    source = BLOCK.sub(" ", source)
    source = re.sub(r"{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL)
    return re.sub(r"<[^>]*>|&\w+;", " ", source, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SERVER)))
def test_template(path: Path) -> None:
    source = path.read_text()
    if path.suffix == ".html" and not MAIL.search(str(path)):
        assert not re.search(r"\sstyle=|\son\w+=|<style\b", source), "inline style or handler"
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>\s*\S", source), (
            "inline script"
        )
    if path.name in UNTRANSLATED:
        return
    words = re.findall(r"[A-Za-z]{2,}[A-Za-z ,.']*", visible_text(source))
    assert [word for word in words if word.strip() not in {"Porchlight", "CSV", "PDF", "px"}] == []
    assert TEXT_ATTRIBUTE.findall(BLOCK.sub(" ", source)) == []
