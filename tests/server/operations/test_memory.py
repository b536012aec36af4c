"""What threads free goes back to the system, also when something small and lasting lies beside it."""

import subprocess
import sys

CROWDS = """
import threading
from pathlib import Path
from porchlight.commands.memory import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

known = give_back()
kept, together = [], threading.Barrier(8)

def upload():
    for _ in range(3):
        parts = []
        for _ in range(40):
            parts.append(bytes(256 * 1024))
            kept.append(bytes(3000))
        together.wait()
        del parts

before = resident()
threads = [threading.Thread(target=upload) for _ in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(known, resident() - before)
"""


def test_a_crowd_leaves_nothing_behind():
    said = subprocess.run([sys.executable, "-c", CROWDS], check=True, stdout=subprocess.PIPE, text=True)
    known, grown = said.stdout.split()
    assert known == "True"
    assert int(grown) < 20e6
