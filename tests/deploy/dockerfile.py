"""Just enough of a Dockerfile: its stages, and the instructions of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Stage:
    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def stages() -> list[Stage]:
    """In order; a step is (instruction, rest of its lines)."""
    text = "\n".join(
        line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")
    )
    found: list[Stage] = []
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(name or "final", base))
        elif word:
            found[-1].steps.append((word, rest.strip()))
    return found


def copied(step: str) -> tuple[str, list[str], str]:
    """(stage it comes from or "", sources, target) of a COPY."""
    words = step.split()
    origin = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else ""
    return origin, words[:-1], words[-1]
