"""`make bench`: each figure beside its peer, measured in the same run; the median of several.

Prints a table and writes bench/out/NAME.json: name, unit, value, peer, peer value, ratio, machine, date.
"""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import sealing
from bench.measured import Measured

OUT = Path(__file__).parent / "out"
BENCHES = {"seal": sealing.seal, "open": sealing.open_}


def main(names: list[str]) -> int:
    """Run the benches named, or all."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"no bench is called {sorted(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    print(f"{'name':<10} {'value':>10} {'peer':>10} {'ratio':>7}  what")
    for name in names or BENCHES:
        result = BENCHES[name]()
        print(
            f"{name:<10} {result.value:>10.1f} {result.peer_value:>10.1f} {result.ratio:>7.2f}  "
            f"{result.unit}, beside {result.peer}"
        )
        (OUT / f"{name}.json").write_text(json.dumps(_record(name, result), indent=2) + "\n")
    return 0


def _record(name: str, result: Measured) -> dict[str, object]:
    return {
        "name": name,
        "unit": result.unit,
        "value": round(result.value, 2),
        "peer": result.peer,
        "peer_value": round(result.peer_value, 2),
        "ratio": round(result.ratio, 3),
        "machine": f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
