"""Mails that say the same to many, put together once.

Building a mail costs more than sending it, and almost all of it is the same for everybody. The first mail of a form is
built in the framework's own way and cut where its own values stand; for the others the pieces are joined with theirs.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any, Final

from django.core.mail import EmailMultiAlternatives, SafeMIMEMultipart

# The headers that differ from mail to mail.
_OWN: Final = ("To", "Message-ID", "Date", "List-Unsubscribe")
# A long value may stand on the next line.
_HEADER: Final = re.compile(
    rb"^(" + "|".join(_OWN).encode() + rb"):( (?:\r\n )?[^\r]*)\r\n(?![ \t])", re.MULTILINE
)
_BOUNDARY: Final = re.compile(rb'boundary="([^"\r]+)"')
_PLAIN: Final = re.compile(r"[!-~]{1,800}")
# An address that may stand in a header or a command as it is.
ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)


class Form:
    """What mails with the same words have in common. Each has its own link, wherever that stands in the body."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._places: list[str] = []

    def written(self, mail: FormMail) -> bytes:
        """The bytes of a mail, with CR LF; the same as the framework would make, but for the boundary."""
        own = mail.own_values()
        if own is None:
            return mail.built()
        if not self._pieces:
            first = mail.built()
            self._cut(first, own, mail.links())
            return first
        own["boundary"] = b"=" * 15 + secrets.token_hex(12).encode()
        own["Date"] = b" " + formatdate().encode()
        filled = [self._pieces[0]]
        for place, piece in zip(self._places, self._pieces[1:], strict=True):
            filled += (own[place], piece)
        return b"".join(filled)

    def _cut(self, first: bytes, own: Mapping[str, bytes], links: int) -> None:
        """Cut the first mail at its own values.

        Nothing of the first mail may be left in the others: where a value stands in any other place, or a link did not
        come through the encoding whole, nothing is cut, and every mail is built alone.
        """
        head, empty_line, body = first.partition(b"\r\n\r\n")
        boundary = _BOUNDARY.search(head)
        cuts = [
            (found.start(2), found.end(2), found[1].decode()) for found in _HEADER.finditer(head + b"\r\n")
        ]
        if boundary is None or sorted(name for _, _, name in cuts) != sorted(_OWN):
            return
        cuts.append((boundary.start(1), boundary.end(1), "boundary"))
        for name, value in (("boundary", boundary[1]), ("link", own["link"])):
            places = [found.span() for found in re.finditer(re.escape(value), body)]
            if name == "link" and len(places) != links:
                return
            behind = len(head) + len(empty_line)
            cuts += [(behind + start, behind + end, name) for start, end in places]
        pieces, at = [], 0
        for start, end, _ in sorted(cuts):
            pieces.append(first[at:start])
            at = end
        pieces.append(first[at:])
        # The link's last part alone would do to answer in somebody's name.
        secret = own["link"].rstrip(b"/").rpartition(b"/")[2]
        if not any(each.strip() in piece for piece in pieces for each in (*own.values(), secret)):
            self._pieces, self._places = pieces, [name for _, _, name in sorted(cuts)]


class FormMail(EmailMultiAlternatives):
    """A mail of a form, for any of the framework's ways to send one. `link` is this mail's own."""

    def __init__(self, form: Form, link: str, **fields: Any) -> None:
        super().__init__(**fields)
        self.form = form
        self.link = link

    def message(self) -> _Written:  # type: ignore[override]
        """What the framework asks for when it sends."""
        return _Written(self.form.written(self))

    def built(self) -> bytes:
        """The mail as the framework makes it, alone."""
        made: SafeMIMEMultipart = super().message()  # type: ignore[assignment]
        return made.as_bytes(linesep="\r\n")

    def links(self) -> int:
        """How often the link stands in the body, all its forms together."""
        return sum(
            text.count(self.link) for text in (self.body, *(str(each[0]) for each in self.alternatives))
        )

    def own_values(self) -> dict[str, bytes] | None:
        """What stands in this mail alone; None where it is of a kind that the framework should write."""
        values = {
            "To": self.to[0] if len(self.to) == 1 else "",
            "Message-ID": self.extra_headers.get("Message-ID", ""),
            "List-Unsubscribe": self.extra_headers.get("List-Unsubscribe", ""),
            "link": self.link,
        }
        if not ADDRESS.fullmatch(values["To"]) or not all(map(_PLAIN.fullmatch, values.values())):
            return None
        return {name: (f" {value}" if name in _OWN else value).encode() for name, value in values.items()}


class _Written:
    """A mail that is bytes already."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def as_bytes(self, *, linesep: str = "\n") -> bytes:
        return self._data if linesep == "\r\n" else self._data.replace(b"\r\n", linesep.encode())

    def as_string(self) -> str:
        return self.as_bytes().decode()
