"""Fetch what owners shared: each share once, checked whole, with its custody beside it.

Whatever stops a run (a broken line, a kill, a full disk), the next one goes on from there; what was fetched is not
fetched again, and what could not be reported then is reported now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from porchlight.evidence.client import Answered, Client, Unreachable
from porchlight.evidence.opening import Opening, open_answer
from porchlight.evidence.storing import Place, gather, sha256_of
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity

_TRIES: Final = 5
_REPORTED: Final = ("opened", "verified", "downloaded")
ROOT: Final = "/api/v1/shares"


@dataclass(frozen=True)
class Outcome:
    """What became of one share: fetched, known, ended (nothing to fetch any more), failed."""

    share: str
    case_number: str
    outcome: str
    file: str = ""
    sha256: str = ""
    why: str = ""

    def line(self) -> dict[str, str]:
        """As JSON, without what is empty."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Fetcher:
    """One run. `wait(seconds)` pauses between tries."""

    client: Client
    identity: Identity
    out: Path
    now: Callable[[], datetime]
    wait: Callable[[float], None]

    def run(self, case_number: str = "") -> Iterator[Outcome]:
        """Each share that the token may see, one by one. Raises Answered, Unreachable where nothing can go on."""
        query = {"case_number": case_number} if case_number else {}
        for share in self.client.every(ROOT, **query):
            yield self._one(share)

    def _one(self, share: Mapping[str, Any]) -> Outcome:
        share_id, case = str(share["id"]), str(share["case_number"])
        place = Place(self.out, case, share_id)
        known = place.known()
        if known is not None:
            self._catch_up(place, known, share)
            state = "known" if share["state"] == "active" else "ended"
            return Outcome(share_id, case, state, known["file"], why=_why(share))
        if share["state"] != "active":
            return Outcome(share_id, case, "ended", why=_why(share))
        try:
            return self._fetch(share, place)
        except SealError as error:
            if error.code != "wrong_key":
                self._report(share_id, ["mismatch"], "")
            return Outcome(share_id, case, "failed", why=f"{error.code}: {error.detail}")
        except Answered as error:
            if error.status not in {404, 422}:
                raise
            # Taken back or run out between the list and the opening, or not for this system.
            return Outcome(share_id, case, "failed", why=str(error))

    def _fetch(self, share: Mapping[str, Any], place: Place) -> Outcome:
        share_id = str(share["id"])
        opening = open_answer(self.client.post(f"{ROOT}/{share_id}/open"), share, self.identity)
        part = place.part(opening.sealed_sha256)
        self._gather(opening, part)
        manifest = opening.envelope.manifest
        file = place.open_into(part, opening.envelope.clip, manifest)
        left = self._report(share_id, list(_REPORTED), manifest.original.plain_sha256)
        place.write_sidecar(self._facts(share, opening, file.name, left))
        return Outcome(
            share_id, str(share["case_number"]), "fetched", str(file), manifest.original.plain_sha256
        )

    def _gather(self, opening: Opening, part: Path) -> None:
        """The whole ciphertext in `part`, its fingerprint as signed. Goes on where an earlier try stopped."""
        for attempt in range(_TRIES):
            have = part.stat().st_size if part.exists() else 0
            if have < opening.sealed_size:
                try:
                    have = gather(part, self.client.pieces(opening.sealed_url, have), opening.sealed_size)
                except Unreachable:
                    if attempt == _TRIES - 1:
                        raise
                    self.wait(2.0**attempt)
                    continue
            if have == opening.sealed_size:
                if sha256_of(part) == opening.sealed_sha256:
                    return
                part.unlink()
        part.unlink(missing_ok=True)
        raise SealError("tampered", "what came is not the sealed file that its owner signed")

    def _report(self, share_id: str, events: list[str], sha256: str) -> list[str]:
        """Tell the custody what was done; returns what could not be told now."""
        left = list(events)
        for event in events:
            facts = {"sha256": sha256} if sha256 and event != "opened" else {}
            try:
                self.client.post(f"{ROOT}/{share_id}/events", {"event": event, "facts": facts})
            except Unreachable:
                return left
            except Answered as error:
                # Too often by now, or the share ended meanwhile: then nobody keeps its custody open.
                return left if error.status == 429 else []  # noqa: PLR2004 - too many
            left.remove(event)
        return left

    def _catch_up(self, place: Place, known: dict[str, Any], share: Mapping[str, Any]) -> None:
        """Report what an earlier run could not, and note the state that the share has by now."""
        changed = known.get("state") != share["state"]
        if known.get("to_report"):
            plain = known["manifest"]["original"]["plain_sha256"]
            left = self._report(str(share["id"]), list(known["to_report"]), plain)
            changed, known["to_report"] = True, left
        if changed:
            known["state"] = share["state"]
            known["custody"] = self.client.get(f"{ROOT}/{share['id']}/custody")
            place.write_sidecar(known)

    def _facts(
        self, share: Mapping[str, Any], opening: Opening, file: str, left: list[str]
    ) -> dict[str, Any]:
        envelope = opening.envelope
        return {
            "kind": "porchlight-evidence",
            "version": 1,
            "share": share["id"],
            "request": share["request_id"],
            "case_number": share["case_number"],
            "state": share["state"],
            "purpose": share["purpose"],
            "expires_at": share["expires_at"],
            "file": file,
            "fetched_at": self.now().isoformat(timespec="seconds"),
            "manifest": envelope.manifest.document(),
            "manifest_signature": vars_of(envelope.manifest_signature),
            "receipt": envelope.receipt.document(),
            "receipt_signature": vars_of(envelope.receipt_signature),
            "custody": self.client.get(f"{ROOT}/{share['id']}/custody"),
            "to_report": left,
        }


def vars_of(signature: Any) -> dict[str, str]:
    """A signature and its key, as text."""
    return {"key": signature.key, "signature": signature.signature}


def _why(share: Mapping[str, Any]) -> str:
    return "" if share["state"] == "active" else str(share["state"])
