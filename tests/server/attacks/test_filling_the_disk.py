"""Who may make the server write bytes, and how many."""

import asyncio

import pytest
from tests.server.consent import arrange

from porchlight.core.errors import Refused
from porchlight.server.footage import actions
from porchlight.server.footage.access import limits
from porchlight.server.foundation.bodies import bounded

MOST = 9 * 1024 * 1024


class Visit:
    """A request as the web server hands it over: what was read of its body, and what was answered."""

    def __init__(self, pieces: int, piece: bytes, headers=()):
        self.scope = {"type": "http", "headers": [(b"host", b"localhost"), *headers]}
        self.left, self.piece = pieces, piece
        self.read, self.sent, self.seen = 0, [], []

    async def receive(self):
        self.left -= 1
        self.read += len(self.piece)
        return {"type": "http.request", "body": self.piece, "more_body": self.left > 0}

    async def send(self, message):
        self.sent.append(message)

    async def application(self, _scope, receive, send):
        while True:
            message = await receive()
            self.seen.append(message["type"])
            if message["type"] == "http.disconnect":
                return
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    def run(self):
        asyncio.run(bounded(self.application)(self.scope, self.receive, self.send))
        return self


@pytest.mark.parametrize("told", [str(MOST + 1), "9" * 30, "-1", "1e3", ""])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(told):
    visit = Visit(1000, b"x" * 2**20, [(b"content-length", told.encode())]).run()
    assert (visit.read, visit.seen, visit.sent[0]["status"]) == (0, [], 413)


def test_a_body_of_untold_length_breaks_off():
    visit = Visit(1000, b"x" * 2**20).run()
    assert visit.seen[-1] == "http.disconnect"
    assert visit.read <= MOST + 2**20
    assert visit.sent == []


def test_the_longest_part_of_an_upload_passes():
    length = str(limits.part_bytes()).encode()
    visit = Visit(8, b"x" * (limits.part_bytes() // 8), [(b"content-length", length)]).run()
    assert visit.sent[0]["status"] == 200


@pytest.mark.django_db
def test_a_household_cannot_begin_uploads_without_end(time, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OPEN_UPLOADS", 3)
    ana, ben = arrange.home(), arrange.home("ben@example.org")
    for _time in range(3):
        actions.begin_upload(by=ana, length=1)
    with pytest.raises(Refused) as refused:
        actions.begin_upload(by=ana, length=1)
    assert [each.code for each in refused.value.reasons] == ["uploads_unfinished"]
    actions.begin_upload(by=ben, length=1)
    time.pass_(days=10)
    actions.begin_upload(by=ana, length=1)
