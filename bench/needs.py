"""What a bench needs beside the project's own packages: found, installed where that is possible, or named."""

from __future__ import annotations

import os
import shutil
import subprocess


class Missing(RuntimeError):
    """A bench cannot run here; the message says what to install."""


def command(name: str, package: str) -> str:
    """The path of a command. Installs its Debian package where this is root's; else raises Missing."""
    found = shutil.which(name)
    if found is None:
        debian(package)
        found = shutil.which(name)
    if found is None:
        raise Missing(f"the command {name} is missing: apt-get install {package}")
    return found


def debian(*packages: str) -> None:
    """Install Debian packages as root; raises Missing with their names where that cannot be done."""
    advice = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(f"missing here: {advice}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, capture_output=True)
    words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(words, check=False, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise Missing(f"{advice} failed: {said}")
