"""The webhook over a real TLS line: signed, without a word of the case, and never into the own network."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from porchlight.server.foundation.webhooks import NotSent, Sender, is_public, read_target

HOST = "pager.example.org"


class Machine(threading.Thread):
    """Somebody's server: takes one call, keeps it, and answers as told."""

    def __init__(self, directory: Path, answer: bytes, pause_s: float = 0.0) -> None:
        super().__init__(daemon=True)
        self.answer, self.pause_s, self.got = answer, pause_s, b""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.certificate = directory / "certificate.pem"
        self.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        secret = directory / "key.pem"
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, secret)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            socket.create_connection(
                ("127.0.0.1", self.port), timeout=1
            ).close()  # wakes an accept that waits
        self.join(6)
        self.listener.close()

    def run(self) -> None:
        plain, _ = self.listener.accept()
        try:
            with self.context.wrap_socket(plain, server_side=True) as line:
                self.got = line.recv(65_536)
                time.sleep(self.pause_s)
                line.sendall(self.answer)
        except OSError:
            plain.close()

    def sender(self, **more) -> Sender:
        given = {
            "resolve": lambda _host, _port: ["127.0.0.1"],
            "admits": lambda _address: True,
            "context": ssl.create_default_context(cafile=str(self.certificate)),
            "clock": lambda: 1_770_000_000.5,
        }
        return Sender(**given | more)


@pytest.fixture
def machine_that(tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    made: list[Machine] = []

    def make(answer: bytes, **more: float) -> Machine:
        made.append(Machine(tmp_path, answer, **more))
        return made[-1]

    yield make
    for each in made:
        each.close()


OK = b"HTTP/1.1 204 No Content\r\n\r\n"
MESSAGE = {"event": "urgent_request_waits", "text": "An urgent request waits."}


def test_a_call_is_signed_and_says_nothing_but_that_something_waits(machine_that):
    machine = machine_that(OK)
    target = read_target(f"https://{HOST}:{machine.port}/hook?a=1")
    machine.sender().post(target, MESSAGE, "a secret")
    machine.join(5)
    head, _, body = machine.got.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert json.loads(body) == MESSAGE
    signed = hmac.new(b"a secret", b"1770000000." + body, hashlib.sha256).hexdigest()
    assert f"Porchlight-Signature: t=1770000000,v1={signed}".encode() in head


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/\r\n\r\n", False),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", False),
        (b"HTTP/1.1 503 Busy\r\n\r\n", True),
        (b"what?\r\n", False),
        (b"", False),
    ],
)
def test_a_redirect_is_not_followed_and_a_refusal_is_none(machine_that, answer, again):
    machine = machine_that(answer)
    with pytest.raises(NotSent) as refused:
        machine.sender().post(read_target(f"https://{HOST}:{machine.port}/"), MESSAGE, "s")
    assert (refused.value.code, refused.value.again) == ("webhook_not_taken", again)


def test_a_machine_that_does_not_answer_holds_nobody_up(machine_that):
    machine = machine_that(OK, pause_s=3)
    began = time.monotonic()
    with pytest.raises(NotSent) as refused:
        machine.sender(deadline_s=0.5).post(read_target(f"https://{HOST}:{machine.port}/"), MESSAGE, "s")
    assert time.monotonic() - began < 2
    assert refused.value.again


def test_a_certificate_of_another_name_is_refused(machine_that):
    machine = machine_that(OK)
    with pytest.raises(NotSent):
        machine.sender().post(read_target(f"https://other.example.org:{machine.port}/"), MESSAGE, "s")
    assert machine.got == b""


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], []])
def test_one_private_address_is_enough_to_send_nothing(machine_that, addresses):
    machine = machine_that(OK)
    sender = machine.sender(resolve=lambda _host, _port: addresses, admits=is_public)
    with pytest.raises(NotSent) as refused:
        sender.post(read_target(f"https://{HOST}:{machine.port}/"), MESSAGE, "s")
    assert refused.value.code == "webhook_not_public"
    assert machine.got == b""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_what_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_what_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://pager.example.org/", "https://10.0.0.1/", "https://[::1]/", "https://localhost/", "https://2130706433/",
        "https://a:b@pager.example.org/", "https://pager.example.org/#x", "https://0x7f.1/", "file:///etc/passwd", "",
        "https://pager.example.org/a b", "https://pager.example.org/\r\nX: y", "https://pager.example.org:99999/",
        "https://pager.example.org/é", "https://-a.example.org/", "https:///x", "https://127.1/",
    ],
)  # fmt: skip
def test_what_is_no_address_for_a_webhook(url):
    with pytest.raises(NotSent) as refused:
        read_target(url)
    assert refused.value.code == "webhook_not_https"


def test_the_operator_may_allow_some_hosts_alone():
    assert read_target("https://Pager.Example.org/x", allowed_hosts=["pager.example.org"]).host == HOST
    with pytest.raises(NotSent) as refused:
        read_target("https://other.example.org/", allowed_hosts=["pager.example.org"])
    assert refused.value.code == "webhook_not_allowed"


def test_the_list_of_public_addresses_is_the_standard_library_s():
    for network in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16"):
        assert not ipaddress.ip_network(network).is_global
