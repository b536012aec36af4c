"""The mail to owners: once each, its fixed words, and nothing of what becomes of it reaches the agency."""

import re
import smtplib
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from tests.server.consent import arrange

from porchlight.server.consent import tasks as asking
from porchlight.server.foundation import mail as posting
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.households import actions as households
from porchlight.server.notifications import actions, tasks
from porchlight.server.notifications.models import Notice
from porchlight.server.video_requests.access import open_request
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db
WINDOW = timedelta(minutes=15)


def asked(by_agency=None, **more):
    request = arrange.approved(by_agency=by_agency or arrange.agency(), **more)
    asking.ask_some(open_request(request.pk), None)
    return request


def send_all(time) -> None:
    while tasks.send_due(time()):
        pass


def test_nothing_goes_before_its_moment_and_each_goes_once(time):
    arrange.many_homes(count=30)
    asked()
    moments = sorted(Notice.objects.values_list("send_at", flat=True))
    for moment in moments:
        time.at = moment
        send_all(time)
        assert len(mail.outbox) == sum(each <= moment for each in moments)
    time.pass_(days=1)
    send_all(time)
    assert len(mail.outbox) == 30
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 30
    assert {tuple(message.to) for message in mail.outbox} == {(f"owner{n}@example.org",) for n in range(30)}


def test_the_order_tells_nothing_of_who_came_first(time):
    arrange.many_homes(count=40)
    asked()
    order = [n.household_id for n in Notice.objects.order_by("send_at")]
    assert order != sorted(order)


class Killed(BaseException):
    """As `kill -9`."""


class DiesAfter(EmailBackend):
    """A mail server that takes a mail; then the worker is gone before it can note that."""

    fuse = 0

    def send_messages(self, messages):
        sent = super().send_messages(messages)
        DiesAfter.fuse -= 1
        if DiesAfter.fuse == 0:
            raise Killed
        return sent


def test_a_mail_repeated_after_a_kill_bears_the_same_message_id_and_the_same_words(
    time, settings, monkeypatch
):
    arrange.many_homes(count=8)
    asked()
    time.pass_(minutes=16)
    monkeypatch.setattr(DiesAfter, "fuse", 3)
    monkeypatch.setattr(posting, "get_connection", DiesAfter)
    with pytest.raises(Killed):
        tasks.send_due(time())
    assert len(mail.outbox) == 3
    assert Notice.objects.filter(sent_at=None).count() == 6
    send_all(time)
    assert len(mail.outbox) == 3, "the lease still stands"
    time.pass_(seconds=61)
    send_all(time)
    assert len(mail.outbox) == 9
    by_id: dict[str, list] = {}
    for message in mail.outbox:
        by_id.setdefault(message.extra_headers["Message-ID"], []).append(message)
    assert sorted(len(each) for each in by_id.values()) == [1] * 7 + [2]
    twice = next(each for each in by_id.values() if len(each) == 2)
    assert twice[0].body == twice[1].body
    assert twice[0].alternatives == twice[1].alternatives


class Refusing(EmailBackend):
    """A mail server that knows nobody called owner0."""

    def send_messages(self, messages):
        if messages[0].to == ["owner0@example.org"]:
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
        return super().send_messages(messages)


def test_a_refused_mail_is_given_up_after_some_tries_and_stops_nobody(time, monkeypatch):
    arrange.many_homes(count=5)
    asked()
    monkeypatch.setattr(posting, "get_connection", Refusing)
    events = OutboxEvent.objects.count()
    for _ in range(40):
        time.pass_(minutes=16)
        send_all(time)
    assert len(mail.outbox) == 4
    given_up = Notice.objects.get(sent_at=None)
    assert given_up.given_up_at is not None
    assert given_up.attempts == actions.MOST_TRIES
    assert OutboxEvent.objects.count() == events, "nothing is told to anybody"


class Away(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


def test_a_mail_server_that_is_away_costs_no_try(time, monkeypatch):
    arrange.many_homes(count=3)
    asked()
    time.pass_(minutes=16)
    with monkeypatch.context() as patched:
        patched.setattr(posting, "get_connection", Away)
        for _ in range(50):
            time.pass_(minutes=1)
            with pytest.raises(ConnectionRefusedError):
                tasks.send_due(time())
    assert set(Notice.objects.values_list("attempts", flat=True)) == {0}
    time.pass_(minutes=1)
    send_all(time)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("state", ["withdrawn", "rejected", "closed"])
def test_what_was_not_sent_when_a_request_ends_is_dropped(time, state):
    arrange.many_homes(count=4)
    request = asked()
    from porchlight.server.foundation.actions import housekeeping

    with housekeeping("test"):
        VideoRequest.objects.filter(pk=request.pk).update(state=state)
    time.pass_(minutes=16)
    send_all(time)
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_who_opts_out_before_the_mail_gets_none(time):
    ana = arrange.home()
    asked()
    households.opt_out(by=ana, scope="offense", value="home_burglary")
    time.pass_(minutes=16)
    send_all(time)
    assert mail.outbox == []


def one_mail(time):
    arrange.home()
    request = asked()
    time.pass_(minutes=16)
    send_all(time)
    (message,) = mail.outbox
    return request, message


def test_the_words_of_the_mail(time):
    request, message = one_mail(time)
    html = message.alternatives[0][0]
    assert message.subject == "Will you share video from Mar 9, 2026? Answering is voluntary"
    for text in (message.body, html):
        lower = text.lower()
        assert lower.index("there is no warrant") < lower.index(
            "share\n" if text is message.body else ">share<"
        )
        for said in (
            "Alder Falls Police Department",
            "Robin Hale",
            "AF-26-01734",
            "Burglary of a home",
            "square miles",
            "Monday, March 9, 2026, 9:00 pm to 11:30 pm",  # the household's own clock
            "Saturday, March 28, 2026",
            f"/asked/{request.pk}/",
            "A house near Mill Street was entered.",
        ):
            assert said in text, said
    assert "> A house near" in message.body
    assert message.from_email.startswith("Porchlight <")
    assert not message.reply_to


def test_the_three_answers_stand_together_with_equal_weight(time):
    _request, message = one_mail(time)
    html = message.alternatives[0][0]
    links = re.findall(
        r'<tr><td style="([^"]*)"><a href="([^"]*)" style="([^"]*)">([^<]*)</a></td></tr>', html
    )
    assert [each[3] for each in links] == ["Share", "Decline", "Opt out"]
    assert len({(box, inner) for box, _href, inner, _words in links}) == 1
    token = {href.split("#")[0] for _box, href, _inner, _words in links}
    assert len(token) == 1
    assert message.body.index("Share") < message.body.index("Decline") < message.body.index("Opt out")


class Remote(HTMLParser):
    """What a mail program would fetch."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if (
            tag in {"img", "link", "script", "iframe", "video", "object", "embed", "form", "input"}
            or "src" in names
        ):
            self.found.append(tag)


def test_nothing_in_the_mail_is_fetched_from_elsewhere(time):
    _request, message = one_mail(time)
    html = message.alternatives[0][0]
    parser = Remote()
    parser.feed(html)
    assert parser.found == []
    assert "url(" not in html
    for address in re.findall(r'https?://[^\s"<>]+', html + message.body):
        assert address.startswith("http://localhost:8000")


def test_what_an_agency_writes_stays_text(time):
    arrange.home()
    request = asked()
    from porchlight.server.foundation.actions import housekeeping

    with housekeeping("test"):
        VideoRequest.objects.filter(pk=request.pk).update(public_summary="<b>Hurry</b> & call\n.\nBcc: x")
    time.pass_(minutes=16)
    send_all(time)
    (message,) = mail.outbox
    assert "&lt;b&gt;Hurry&lt;/b&gt; &amp; call" in message.alternatives[0][0]
    assert "> <b>Hurry</b> & call\n> .\n> Bcc: x" in message.body
    assert "\n.\n" not in message.message().as_string().replace("> .", "")


def test_the_one_click_headers(time):
    _request, message = one_mail(time)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/o/[\w.-]+/>", message.extra_headers["List-Unsubscribe"])
    assert re.fullmatch(r"<[0-9a-f]{32}@[\w.-]+>", message.extra_headers["Message-ID"])


def test_the_mail_reads_at_grade_eight(time):
    import textstat

    _request, message = one_mail(time)
    words = message.body.replace("> A house", "A house")
    sentences = [
        line for line in words.splitlines() if line.strip() and "http" not in line and ":" not in line
    ]
    assert textstat.automated_readability_index(" ".join(sentences)) <= 8


def test_a_closed_account_gets_no_mail(time):
    ana = arrange.home()
    asked()
    from porchlight.server.accounts.models import User

    User.objects.filter(pk=ana.user_id).update(is_active=False)
    time.pass_(minutes=16)
    send_all(time)
    assert mail.outbox == []
