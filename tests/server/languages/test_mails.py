"""A mail speaks the language of the person that it goes to, not that of the worker that sends it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core import mail
from tests.server.accounts.people import staff
from tests.server.languages.marking import marked, unmarked

from porchlight.core.visibility import Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import User
from porchlight.server.foundation import clock, outbox

SERVER = Path(__file__).resolve().parents[3] / "src" / "porchlight" / "server"
EXCEPT = {
    "send_invitation": "whoever is invited has no account yet; the installation's language speaks",
    "_send": "a request's mail is put together once for each language, in notifications.tasks.wording",
}


@pytest.mark.parametrize(
    "path", sorted(SERVER.glob("*/tasks.py")) + sorted(SERVER.glob("*/tasks/*.py")), ids=str
)
def test_every_mail_is_written_in_its_readers_language(path: Path) -> None:
    for function in [
        each for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef)
    ]:
        for call in _sends(function):
            spoken = any(call in ast.walk(block) for block in ast.walk(function) if _speaks(block))
            assert spoken or function.name in EXCEPT, f"{path}:{call.lineno}"


@pytest.mark.django_db
def test_a_mail_in_spanish_has_no_english_word() -> None:
    officer = staff("rae@desk.example", Side.REVIEW)
    User.objects.filter(pk=officer.pk).update(language="es")
    for _ in range(actions.WRONG_PASSWORDS):
        actions.note_wrong_password(side=Side.REVIEW, email="rae@desk.example", by=None)
    with marked():
        while outbox.run_once(clock.now()):
            pass
    assert len(mail.outbox) == 1
    assert "está bloqueada" in mail.outbox[0].subject
    left = unmarked(f"<p>{mail.outbox[0].subject}</p><p>{mail.outbox[0].body}</p>")
    assert [line.replace("Rae Viewer", "").strip() for line in left] in ([], [""])


def _sends(function: ast.FunctionDef) -> list[ast.Call]:
    calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
    return [call for call in calls if ast.unparse(call.func) == "mail.send"]


def _speaks(block: ast.AST) -> bool:
    return isinstance(block, ast.With) and any("override(" in ast.unparse(item) for item in block.items)
