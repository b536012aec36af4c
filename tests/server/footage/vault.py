"""A household's browsers, as far as keys go: real age files, made as the pages make them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from uuid import UUID

from porchlight.core.visibility import Actor
from porchlight.seal.keys import Identity, generate_identity
from porchlight.seal.opening import open_bytes, unwrap_identity
from porchlight.seal.sealing import seal_bytes, seal_stream, wrap_identity
from porchlight.seal.vouching import vouch
from porchlight.server.footage import access, actions
from porchlight.server.footage.actions import Door
from porchlight.server.footage.actions.changing import MovedGrant, NewKey, ResealedDoor
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor

LOCKED = (
    "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3Yx\n-----END AGE ENCRYPTED FILE-----\n"
)
CREDENTIAL = "AGE-PLUGIN-FIDO2PRF-1QQQQ"


def vouch_text(kind: str, recipient: str, holder: str) -> str:
    return f"{kind}\n{recipient}\n{holder}"


@dataclass
class Vault:
    """What the people of one household hold: H, R, and each door's identity by person."""

    own: Identity = field(default_factory=generate_identity)
    recovery: Identity = field(default_factory=generate_identity)
    doors: dict[UUID, Identity] = field(default_factory=dict)

    def make(self, by: Actor, holder: str) -> None:
        """The first key, with its maker's words."""
        door = generate_identity()
        actions.store_key(
            by=by,
            recipient=self.own.recipient,
            recovery_recipient=self.recovery.recipient,
            wrapped_by_recovery=wrap_identity(self.own.secret, [self.recovery.recipient]),
            recovery_vouch=vouch(self.own.secret, "recovery-recipient", self.recovery.recipient),
            door=self.door(door, holder),
        )
        self.doors[KeyDoor.objects.get(recipient=door.recipient).pk] = door

    def door(self, door: Identity, holder: str, *, kind: str = "words", let_in: bool = True) -> Door:
        text = vouch_text(kind, door.recipient, holder)
        return Door(
            kind=kind,
            recipient=door.recipient,
            locked=LOCKED,
            holder=holder,
            sealed_key=wrap_identity(self.own.secret, [door.recipient]) if let_in else "",
            vouch=vouch(self.own.secret, "way-in", text) if let_in else "",
            credential=CREDENTIAL if kind == "passkey" else "",
        )

    def put(self, by: Actor, holder: str, *, kind: str = "words", let_in: bool = True) -> UUID:
        door = generate_identity()
        made = self.door(door, holder, kind=kind, let_in=let_in)
        door_id = actions.put_door(by=by, key_recipient=self.own.recipient, door=made)
        self.doors[door_id] = door
        return door_id

    def keep(self, by: Actor, secret: bytes = b"the clip's secret", key: Identity | None = None) -> UUID:
        """A small clip, its grant sealed to the household (or to the key before)."""
        sealed = io.BytesIO()
        described, head = seal_stream(io.BytesIO(b"a clip" * 9), sealed, [generate_identity().recipient])
        upload = actions.begin_upload(by=by, length=described.sealed_size)
        actions.append(by=by, upload_id=upload.pk, offset=0, parts=[sealed.getvalue()])
        to = key or self.own
        clip = actions.keep_clip(
            by=by,
            upload_id=upload.pk,
            head=head,
            sealed_sha256=described.sealed_sha256,
            sealed_size=described.sealed_size,
            grant=seal_bytes(secret, [to.recipient, self.recovery.recipient]),
            grant_recipient=to.recipient,
        )
        return UUID(str(clip.pk))

    def begin_change(self, by: Actor) -> Identity:
        """A new key for everybody who has a way in; returns the old one."""
        new, recovery, old = generate_identity(), generate_identity(), self.own
        standing = access.doors(by).exclude(sealed_key="")
        actions.begin_key_change(
            by=by,
            old_recipient=old.recipient,
            new=NewKey(
                recipient=new.recipient,
                recovery_recipient=recovery.recipient,
                wrapped_by_recovery=wrap_identity(new.secret, [recovery.recipient]),
                recovery_vouch=vouch(new.secret, "recovery-recipient", recovery.recipient),
                wrapped_previous=wrap_identity(old.secret, [new.recipient, recovery.recipient]),
            ),
            doors=[
                ResealedDoor(
                    each.pk,
                    each.recipient,
                    wrap_identity(new.secret, [each.recipient]),
                    vouch(new.secret, "way-in", vouch_text(each.kind, each.recipient, each.holder)),
                )
                for each in standing
            ],
        )
        self.own, self.recovery = new, recovery
        return old

    def move(self, by: Actor, most: int = 1000) -> int:
        """Move some grants as the page does; returns how many are left."""
        before = previous(by, self.own)
        moved = []
        for clip in access.clips_to_move(by)[:most]:
            assert before is not None
            plain = open_bytes(bytes(clip.grant), before)
            moved.append(
                MovedGrant(clip.pk, seal_bytes(plain, [self.own.recipient, self.recovery.recipient]))
            )
        return actions.move_grants(by=by, key_recipient=self.own.recipient, grants=moved)


def previous(by: Actor, own: Identity) -> Identity | None:
    """The key before, as whoever holds the present one finds it."""
    key = access.own_key(by)
    old = access.previous_key(by)
    if key is None or old is None:
        return None
    return unwrap_identity(key.wrapped_previous.encode(), own, recipient=old.recipient)


def opens(by: Actor, own: Identity, clip: Clip) -> bool:
    """Whether who holds the key in use can open the clip's grant: by it, or by the one before that it opens."""
    for key in (own, previous(by, own)):
        if key is None:
            continue
        try:
            open_bytes(bytes(clip.grant), key)
        except Exception:  # noqa: BLE001, S112 - whichever way it does not open
            continue
        return True
    return False


def stored(by: Actor) -> HouseholdKey:
    key = access.own_key(by)
    assert key is not None
    return key
