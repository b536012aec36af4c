"""A household's key changes: everybody keeps a way in, no clip is ever lost, and the old sheet and words are void."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.consent import arrange
from tests.server.footage import vault
from tests.server.footage.vault import Vault

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor
from porchlight.seal.errors import SealError
from porchlight.seal.opening import open_bytes, unwrap_identity
from porchlight.seal.sealing import wrap_identity
from porchlight.seal.vouching import vouch
from porchlight.server.footage import access, actions
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor

pytestmark = pytest.mark.django_db


@dataclass
class House:
    """Ana, who made the household and its key, and Bo, who lives there."""

    ana: Actor
    bo: Actor
    vault: Vault = field(default_factory=Vault)

    def let_in(self, kind: str = "words") -> UUID:
        """Bo asks with words of his own, and Ana lets him in."""
        door_id = self.vault.put(self.bo, "bo@example.org", let_in=False)
        door = self.vault.doors[door_id]
        actions.admit(
            by=self.ana,
            door_id=door_id,
            key_recipient=self.vault.own.recipient,
            recipient=door.recipient,
            sealed_key=wrap_identity(self.vault.own.secret, [door.recipient]),
            vouch=vouch(
                self.vault.own.secret, "way-in", vault.vouch_text(kind, door.recipient, "bo@example.org")
            ),
        )
        return door_id


@pytest.fixture
def house(db: None, time: arrange.Time) -> House:
    ana = arrange.home("ana@example.org")
    bo = arrange.join(household_id=ana.household_id, email="bo@example.org")
    made = House(ana, bo)
    made.vault.make(ana, "ana@example.org")
    return made


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


# -- ways in ----------------------------------------------------------------------------------------------------------
def test_who_was_not_let_in_has_nothing_that_opens(house: House) -> None:
    house.vault.put(house.bo, "bo@example.org", let_in=False)
    [door] = access.own_doors(house.bo)
    assert (door.sealed_key, door.vouch) == ("", "")


def test_let_in_one_opens_with_ones_own_words(house: House) -> None:
    door_id = house.let_in()
    [door] = access.own_doors(house.bo)
    opened = unwrap_identity(door.sealed_key.encode(), house.vault.doors[door_id])
    assert opened.recipient == house.vault.own.recipient


def test_words_made_anew_meanwhile_are_not_let_in(house: House) -> None:
    """The browser sealed to one recipient; another stands there now."""
    first = house.vault.doors[house.vault.put(house.bo, "bo@example.org", let_in=False)]
    second = house.vault.put(house.bo, "bo@example.org", let_in=False)
    with pytest.raises(Refused) as refused:
        actions.admit(
            by=house.ana,
            door_id=second,
            key_recipient=house.vault.own.recipient,
            recipient=first.recipient,
            sealed_key=wrap_identity(house.vault.own.secret, [first.recipient]),
            vouch="0" * 64,
        )
    assert codes(refused) == ["doors_changed"]


def test_words_that_wait_never_take_the_place_of_words_that_open(house: House) -> None:
    with pytest.raises(Refused):
        house.vault.put(house.ana, "ana@example.org", let_in=False)
    assert access.own_doors(house.ana).exclude(sealed_key="").count() == 1


def test_new_words_end_the_old_ones(house: House) -> None:
    before = access.own_doors(house.ana).get().pk
    house.vault.put(house.ana, "ana@example.org")
    assert not KeyDoor.objects.filter(pk=before).exists()
    assert access.own_doors(house.ana).count() == 1


def test_the_words_of_before_doors_end_with_the_first_door(house: House, time: arrange.Time) -> None:
    eve = arrange.home("eve@example.org")
    old = Vault()
    actions.store_key(
        by=eve,
        recipient=old.own.recipient,
        recovery_recipient=old.recovery.recipient,
        wrapped_by_passphrase=vault.LOCKED,
        wrapped_by_recovery=wrap_identity(old.own.secret, [old.recovery.recipient]),
    )
    old.put(eve, "eve@example.org")
    assert vault.stored(eve).wrapped_by_passphrase == ""


def test_a_passkey_is_added_and_removed_and_the_words_stay(house: House) -> None:
    door_id = house.vault.put(house.ana, "ana@example.org", kind="passkey")
    assert access.own_doors(house.ana).count() == 2
    with pytest.raises(NotFound):
        actions.drop_door(by=house.bo, door_id=door_id)
    actions.drop_door(by=house.ana, door_id=door_id)
    [words] = access.own_doors(house.ana)
    with pytest.raises(NotFound):
        actions.drop_door(by=house.ana, door_id=words.pk)


def test_another_households_doors_are_absent(house: House, time: arrange.Time) -> None:
    eve = arrange.home("eve@example.org")
    door = access.own_doors(house.ana).get()
    with pytest.raises(NotFound):
        access.door_for(eve, door.pk)
    with pytest.raises(NotFound):
        actions.drop_door(by=eve, door_id=door.pk)


# -- the change -------------------------------------------------------------------------------------------------------
def test_from_the_first_moment_the_old_sheet_opens_nothing(house: House) -> None:
    house.let_in()
    clip = house.vault.keep(house.ana)
    old_sheet, ana_door = house.vault.recovery, next(iter(house.vault.doors.values()))
    house.vault.begin_change(house.ana)
    with pytest.raises(SealError):
        unwrap_identity(vault.stored(house.ana).wrapped_by_recovery.encode(), old_sheet)
    assert not HouseholdKey.objects.filter(retired_at__isnull=False).exclude(wrapped_by_recovery="").exists()
    assert vault.opens(house.ana, house.vault.own, Clip.objects.get(pk=clip))
    sealed = access.own_doors(house.ana).get().sealed_key
    assert unwrap_identity(sealed.encode(), ana_door).recipient == house.vault.own.recipient
    house.vault.move(house.bo)
    with pytest.raises(SealError):
        open_bytes(bytes(Clip.objects.get(pk=clip).grant), old_sheet)


def test_everybody_keeps_their_own_words(house: House) -> None:
    bo_door = house.vault.doors[house.let_in()]
    house.vault.begin_change(house.ana)
    [door] = access.own_doors(house.bo)
    assert unwrap_identity(door.sealed_key.encode(), bo_door).recipient == house.vault.own.recipient


def test_a_door_that_was_left_out_or_put_in_refuses_the_change(house: House) -> None:
    house.let_in()
    before = vault.stored(house.ana)
    real = access.doors

    def without_bo(actor: Actor) -> object:
        return real(actor).filter(user_id=house.ana.user_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "doors", without_bo)
        with pytest.raises(Refused) as refused:
            house.vault.begin_change(house.ana)
    assert codes(refused) == ["doors_changed"]
    assert vault.stored(house.ana).pk == before.pk


def test_a_second_change_waits_for_the_first(house: House) -> None:
    house.vault.keep(house.ana)
    house.vault.begin_change(house.ana)
    with pytest.raises(Refused) as refused:
        house.vault.begin_change(house.ana)
    assert codes(refused) == ["key_change_unfinished"]
    house.vault.move(house.ana)
    house.vault.begin_change(house.ana)


def test_when_all_has_moved_the_old_key_is_gone(house: House) -> None:
    for _ in range(3):
        house.vault.keep(house.ana)
    old = house.vault.begin_change(house.ana)
    assert house.vault.move(house.bo, most=2) == 1
    assert vault.stored(house.ana).wrapped_previous
    assert house.vault.move(house.ana) == 0
    assert vault.stored(house.ana).wrapped_previous == ""
    assert not HouseholdKey.objects.filter(recipient=old.recipient).exists()


def test_a_clip_of_a_tab_with_the_old_key_is_moved_or_refused(house: House) -> None:
    house.vault.keep(house.ana)
    old = house.vault.begin_change(house.ana)
    late = house.vault.keep(house.ana, key=old)
    assert vault.opens(house.ana, house.vault.own, Clip.objects.get(pk=late))
    house.vault.move(house.ana)
    assert vault.opens(house.ana, house.vault.own, Clip.objects.get(pk=late))
    with pytest.raises(Refused) as refused:
        house.vault.keep(house.ana, key=old)
    assert codes(refused) == ["key_changed"]


def test_where_the_last_clips_expire_the_change_ends(house: House, time: arrange.Time) -> None:
    clip = house.vault.keep(house.ana)
    house.vault.begin_change(house.ana)
    actions.delete_clip(by=house.ana, clip_id=clip)
    actions.finish_key_changes()
    assert vault.stored(house.ana).wrapped_previous == ""


def test_a_stranger_to_the_key_changes_nothing(house: House, time: arrange.Time) -> None:
    eve = arrange.home("eve@example.org")
    with pytest.raises(Refused) as refused:
        actions.move_grants(by=eve, key_recipient=house.vault.own.recipient, grants=[])
    assert codes(refused) == ["key_missing"]


# -- somebody goes ----------------------------------------------------------------------------------------------------
def test_who_is_removed_has_no_way_in_at_once_and_the_key_is_due(house: House) -> None:
    house.let_in()
    upload = actions.begin_upload(by=house.bo, length=1000)
    actions.remove_member(by=house.ana, user_id=UUID(house.bo.user_id))
    assert not KeyDoor.objects.filter(user_id=house.bo.user_id).exists()
    assert vault.stored(house.ana).change_due_at is not None
    with pytest.raises(NotFound):
        access.upload_for(arrange.again(house.bo), upload.pk)
    house.vault.begin_change(house.ana)
    assert vault.stored(house.ana).change_due_at is None


# -- the rule, over all that can happen --------------------------------------------------------------------------------
Step = Callable[[House], None]


def _change(house: House) -> None:
    if not vault.stored(house.ana).wrapped_previous:
        house.vault.begin_change(house.ana)


def _keep_late(house: House) -> None:
    """A tab that still has the key before."""
    before = vault.previous(house.ana, house.vault.own)
    if before is not None:
        house.vault.keep(house.bo, key=before)


def _delete(house: House) -> None:
    clip = access.clips(house.ana).first()
    if clip is not None:
        actions.delete_clip(by=house.ana, clip_id=clip.pk)


_STEPS: dict[str, Step] = {
    "keep": lambda house: house.vault.keep(house.ana) and None,
    "keep late": _keep_late,
    "change": _change,
    "move one": lambda house: house.vault.move(house.bo, most=1) and None,
    "move": lambda house: house.vault.move(house.ana) and None,
    "delete": _delete,
    "new words": lambda house: house.vault.put(house.ana, "ana@example.org") and None,
    "tidy": lambda _house: actions.finish_key_changes(),
}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.sampled_from(sorted(_STEPS)), max_size=12))
def test_at_every_moment_the_key_in_use_opens_every_clip(house: House, steps: list[str]) -> None:
    fresh = house.vault
    with transaction.atomic():
        house.vault = Vault(fresh.own, fresh.recovery, dict(fresh.doors))
        for step in steps:
            _STEPS[step](house)
            for clip in access.clips(house.ana):
                assert vault.opens(house.ana, house.vault.own, clip), steps
            key = vault.stored(house.ana)
            assert bool(key.wrapped_previous) == access.clips_to_move(house.ana).exists() or step == "delete"
            [door] = access.own_doors(house.ana).filter(kind="words")
            opened = unwrap_identity(door.sealed_key.encode(), house.vault.doors[door.pk])
            assert opened.recipient == key.recipient
            by_sheet = unwrap_identity(key.wrapped_by_recovery.encode(), house.vault.recovery)
            assert by_sheet.recipient == key.recipient
        transaction.set_rollback(True)
    house.vault = fresh
