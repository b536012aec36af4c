"""`make bench`: each figure beside its peer, measured in the same run.

Prints a table and writes bench/out/FIGURE.json. Exits 1 when a figure misses its limit. docs/benchmarks.md says what
each measures.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import fanout, matching, pages, playback, sealing, web
from bench.measured import Figure
from bench.needs import Missing

OUT = Path(__file__).parent / "out"
BENCHES: dict[str, Callable[[], Iterator[Figure]]] = {
    "seal": sealing.run,
    "matching": matching.run,
    "playback": playback.run,
    "fanout": fanout.run,
    "web": web.run,
    "pages": pages.run,
}
_HEAD = f"{'figure':<24} {'value':>10} {'peer':>10} {'ratio':>7} {'limit':>8}  {'':<6} what"


def main(names: list[str]) -> int:
    """Run the benches named, or all. 0: every limit holds; 1: one is missed or a bench could not run; 2: no such bench."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"no bench is called {sorted(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    lines, missed = [_HEAD], 0
    print(_HEAD)
    for name in names or BENCHES:
        began = time.monotonic()
        try:
            for figure in BENCHES[name]():
                (OUT / f"{figure.name}.json").write_text(json.dumps(figure.record(), indent=2) + "\n")
                lines.append(_line(figure))
                missed += figure.holds is False
                print(lines[-1], flush=True)
        except Missing as missing:
            missed += 1
            lines.append(f"{name:<24} not run: {missing}")
            print(lines[-1], flush=True)
        print(f"  ({name}: {time.monotonic() - began:.0f} s)", file=sys.stderr)
    if len(names) != 1:
        (OUT / "table.txt").write_text("\n".join(lines) + "\n")
    return 1 if missed else 0


def _line(figure: Figure) -> str:
    peer = "" if figure.peer_value is None else f"{figure.peer_value:.4g}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    verdict = {True: "ok", False: "MISSED", None: ""}[figure.holds]
    what = f"{figure.unit}, beside {figure.peer}" if figure.peer else figure.unit
    line = f"{figure.name:<24} {figure.value:>10.4g} {peer:>10} {ratio:>7} {figure.limit:>8}  {verdict:<6} {what}"
    return line[: max(shutil.get_terminal_size((200, 24)).columns, 120)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
