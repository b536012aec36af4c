"""A filled town for tests: one in a module, in a data directory of its own, with real mail, in demo mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import clear_url_caches
from tests.backends import storage_url

from porchlight.core.visibility import Side
from porchlight.demo import place, scenes
from porchlight.demo.people import DemoPerson
from porchlight.demo.place import DemoNote
from porchlight.instance.mailbox import Mailbox
from porchlight.instance.platform import free_port
from porchlight.server.foundation import worker
from porchlight.server.foundation.objects import object_store
from porchlight.server.portals.demo.urls import demo_urls

HOSTS = {
    "resident": "localhost",
    "agency": "agency.localhost",
    "review": "review.localhost",
    "operator": "operator.localhost",
}


@dataclass(frozen=True)
class Filled:
    """`said` are the lines of progress."""

    data_dir: Path
    note: DemoNote
    said: tuple[str, ...]

    def browser(self, side: str) -> Client:
        return Client(SERVER_NAME=HOSTS[side])

    def as_(self, someone: DemoPerson) -> Client:
        """A browser in which the button of this person was pressed."""
        client = self.browser(someone.side)
        answer = client.post(f"/demo/sign-in/{someone.key}/")
        assert answer.status_code == 302
        return client


class ShortClips:
    """Every scene as one second of a small picture, which is enough to be locked and shared."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(exist_ok=True)

    def path(self, key: str) -> Path:
        path = self.directory / f"{key}-short.mp4"
        if not path.exists():
            scene = {each.key: each for each in scenes.SCENES}[key]
            scenes.render(scene, path, seconds=1, width=640)
        return path


@contextmanager
def demo_mode(data_dir: Path, smtp_port: int) -> Iterator[None]:
    """Settings and addresses as `porchlight demo` has them."""
    porchlight = replace(
        settings.PORCHLIGHT,
        demo=True,
        data_dir=data_dir,
        storage_url=storage_url(data_dir),
        base_url="http://localhost:8000",
        notice_window_s=5,
    )
    changed = override_settings(
        PORCHLIGHT=porchlight,
        ALLOWED_HOSTS=list(HOSTS.values()),
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=smtp_port,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    # Before demo mode begins: a side's addresses are made when it is imported, and must be those of every other test.
    modules = {side: import_module(f"porchlight.server.portals.{side.value}.urls") for side in Side}
    object_store.cache_clear()
    with changed, ExitStack() as undo:
        for side, module in modules.items():
            undo.enter_context(_with_demo_addresses(module, side))
        yield
    object_store.cache_clear()


@contextmanager
def _with_demo_addresses(module: ModuleType, side: Side) -> Iterator[None]:
    before = module.urlpatterns
    module.urlpatterns = [*before, *demo_urls(side)]
    clear_url_caches()
    yield
    module.urlpatterns = before
    clear_url_caches()


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Filled]:
    """Alder Falls, filled in; all of the module's tests see the same one."""
    from porchlight.demo.load import fill

    data_dir = tmp_path_factory.mktemp("demo")
    said: list[str] = []
    for job in worker._periodic.values():
        job.next_at = None  # another test may have left it at another clock's time
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        Mailbox(data_dir / place.MAIL, free_port()) as mailbox,
        demo_mode(data_dir, mailbox.port),
    ):
        note = place.begin(data_dir)
        note = fill(data_dir, note, ShortClips(data_dir / place.CLIPS), said.append)
        place.write_note(data_dir, note)
        yield Filled(data_dir, note, tuple(said))
        transaction.set_rollback(True)
    for job in worker._periodic.values():
        job.next_at = None
