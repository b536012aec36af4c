"""A mail joined from a form's pieces is the mail that the framework would have built, and holds nothing of another's."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given, settings
from hypothesis import strategies as st

from porchlight.server.foundation.mail_form import Form, FormMail

LINK = "https://porchlight.example/r/{}/"


def written(form, number, *, words="Would you share — ¿compartirías? — video?", to=None, long=False):
    link = LINK.format(f"token{number:04}")
    text = f"{words}\n\n{link}#share\n{link}#decline\n.\nFrom here on.\n"
    html = f'<p>{words}</p><a href="{link}#share">Share</a>' + ("<b>x</b>" * 200 if long else "")
    fields = {
        "subject": "Will you share video from May 3? ñ",
        "body": text,
        "from_email": "Porchlight <porchlight@porchlight.example>",
        "to": [to or f"owner{number:04}@example.org"],
        "headers": {
            "Message-ID": f"<id{number:04}@porchlight.example>",
            "List-Unsubscribe": f"<https://porchlight.example/o/home{number:04}{'x' * 90}/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    }
    ours = FormMail(form, link, **fields)
    theirs = EmailMultiAlternatives(**fields)
    for message in (ours, theirs):
        message.attach_alternative(html, "text/html")
    return ours.message().as_bytes(linesep="\r\n"), theirs.message().as_bytes(linesep="\r\n")


def read(data):
    """All that a mail program sees, without the moment and the boundary."""
    message = message_from_bytes(data, policy=policy.default)
    heads = {name: str(value).strip() for name, value in message.items() if name != "Date"}
    heads["Content-Type"] = message.get_content_type()
    return heads, [
        (part.get_content_type(), part["Content-Transfer-Encoding"], part.get_content())
        for part in message.iter_parts()
    ]


def test_each_is_what_the_framework_would_have_built():
    form = Form()
    for number in range(5):
        ours, theirs = written(form, number)
        assert read(ours) == read(theirs)
        assert b"\n" not in ours.replace(b"\r\n", b"")
        assert message_from_bytes(ours)["Date"]


def test_they_are_joined_and_not_built(monkeypatch):
    form = Form()
    written(form, 0)
    monkeypatch.setattr(FormMail, "built", lambda _: pytest.fail("built alone"))
    written(form, 1)


def test_nothing_of_one_stands_in_another():
    form = Form()
    first, _ = written(form, 0)
    second, _ = written(form, 1)
    for word in (b"token0000", b"owner0000", b"id0000", b"home0000"):
        assert word in first
        assert word not in second
    boundaries = {message_from_bytes(each).get_boundary() for each in (first, second)}
    assert len(boundaries) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Write to owner0000@example.org",
        "id0000 <id0000@porchlight.example>",
        "token0000",
        "See https://porchlight.example/o/home0000xxx/ <https://porchlight.example/o/home0000xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/>",
    ],
)
def test_words_that_hold_the_first_ones_own_are_built_each_alone(words):
    form = Form()
    for number in range(3):
        ours, theirs = written(form, number, words=words)
        assert read(ours) == read(theirs)


def test_a_body_that_needs_another_encoding_is_built_each_alone():
    """Its lines are too long for a mail, so a link may be broken in two."""
    form = Form()
    for number in range(3):
        ours, theirs = written(form, number, long=True)
        assert read(ours) == read(theirs)
        assert f"token{number:04}".encode() in ours.replace(b"=\r\n", b"")
    assert b"token0000" not in ours.replace(b"=\r\n", b"")


@pytest.mark.parametrize("address", ["josé@example.org", "ana@bücher.example", '"a, b"@example.org'])
def test_an_unusual_address_is_written_as_the_framework_does(address):
    form = Form()
    written(form, 0)
    ours, theirs = written(form, 1, to=address)
    assert read(ours) == read(theirs)


def test_an_address_cannot_add_a_header():
    form = Form()
    written(form, 0)
    with pytest.raises(ValueError, match="newline"):
        written(form, 1, to="a@example.org\r\nBcc: b@example.org")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300), st.integers(1, 9999))
def test_whatever_the_words_are(words, number):
    form = Form()
    written(form, 0, words=words)
    ours, theirs = written(form, number, words=words)
    assert read(ours) == read(theirs)
