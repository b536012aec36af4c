"""The platform as real processes: `porchlight web` and `porchlight worker` on a data directory and a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_START_S = 60
_GRACE_S = 15
_COMMAND_S = 900


class DidNotStart(RuntimeError):
    """The web process ended or did not answer in time; the message holds the end of its log."""


class CommandFailed(RuntimeError):
    """A `porchlight …` command exited with an error; the message is what it said."""


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Platform:
    """One installation under `data_dir`. `stop()` ends what `start_…` began, and nothing else."""

    data_dir: Path
    port: int
    smtp_port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which every process of this installation runs."""
        own = {
            "PORCHLIGHT_DATA_DIR": str(self.data_dir),
            "PORCHLIGHT_BASE_URL": f"http://localhost:{self.port}",
            "PORCHLIGHT_SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "DJANGO_SETTINGS_MODULE": "porchlight.server.config.settings",
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
        return {**inherited, **own, **self.settings}

    def url(self, side: str = "resident") -> str:
        """The address of a side without a trailing slash."""
        return f"http://{'' if side == 'resident' else side + '.'}localhost:{self.port}"

    def command(self, *words: str) -> str:
        """Run `porchlight …` to its end in this installation; returns what it printed. Raises CommandFailed."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", "porchlight", *words],
                env=self.environment,
                check=False,
                capture_output=True,
                text=True,
                timeout=_COMMAND_S,
            )
        except subprocess.TimeoutExpired as error:
            raise CommandFailed(f"porchlight {words[0]} did not end in {_COMMAND_S} seconds") from error
        if done.returncode:
            raise CommandFailed(done.stderr.strip()[-2000:])
        return done.stdout

    def start_web(self) -> None:
        """Start the web process and wait until it answers."""
        self.web = self._spawn("web", "--port", str(self.port))
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline:
            if self.web.poll() is not None:
                break
            try:
                with urlopen(f"http://localhost:{self.port}/account/login/", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise DidNotStart(self._log("web").read_text(errors="replace")[-2000:])

    def start_worker(self) -> None:
        """Start the background worker."""
        self.worker = self._spawn("worker")

    def kill_web(self) -> None:
        """End the web process as a power cut would."""
        if self.web is not None:
            children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
            self.web.kill()
            for child in children:
                os.kill(int(child), signal.SIGKILL)
            self.web.wait()
            self.web = None

    def kill_worker(self) -> None:
        """End the worker as a power cut would."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
            self.worker = None

    def stop(self) -> None:
        """End web and worker."""
        running = [process for process in (self.web, self.worker) if process is not None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=_GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.web = self.worker = None

    def _spawn(self, *words: str) -> subprocess.Popen[bytes]:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._log(words[0]).open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "porchlight", *words],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def _log(self, name: str) -> Path:
        return self.data_dir / f"{name}.log"
