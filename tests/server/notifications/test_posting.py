"""Mails over a real connection: what the server refuses stops nobody, and what it takes came whole."""

import smtplib
import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from porchlight.instance.platform import free_port
from porchlight.server.foundation import mail


class Choosy:
    """Knows nobody called "unknown", and takes nothing that says "refuse this"."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address.startswith("unknown"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if b"refuse this" in envelope.content:
            return "554 no"
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 taken"


@pytest.fixture
def server(settings) -> Iterator[Choosy]:
    choosy = Choosy()
    controller = Controller(choosy, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield choosy
    controller.stop()


def letter(to: str, text: str = "Good evening.\n") -> mail.Letter:
    return mail.Letter(mail.written(to=to, subject="A request", text=text))


def test_what_is_refused_stops_nobody_and_the_rest_comes_whole(server):
    letters = [
        letter("ana@example.org", ".\n..two dots\nthe end\n"),
        letter("unknown@example.org"),
        letter("ben@example.org", "refuse this"),
        letter("o'brien+home@example.org"),
        letter('"a b"@example.org'),
    ]
    with mail.posting() as post:
        answers = [post.hand(each, list).answered() for each in letters]
    assert answers == [True, False, False, True, True]
    assert [to for to, _ in server.taken] == [
        "ana@example.org",
        "o'brien+home@example.org",
        '"a b"@example.org',
    ]
    assert server.taken[0][1].endswith(b"\r\n\r\n.\r\n..two dots\r\nthe end\r\n")


def test_own_work_is_done_before_the_server_has_the_mail(server):
    taken_at: list[int] = []
    with mail.posting() as post:
        handed = post.hand(letter("ana@example.org"), lambda: taken_at.append(len(server.taken)))
        assert handed.answered()
    assert taken_at == [0, 0]
    assert len(server.taken) == 1


def test_a_server_that_is_gone_is_told_at_once(server):
    with mail.posting() as post:
        assert post.hand(letter("ana@example.org"), list).answered()
        post._server.sock.shutdown(socket.SHUT_RDWR)
        with pytest.raises((smtplib.SMTPException, OSError)):
            post.hand(letter("ben@example.org"), list)
