"""A line to a server on the loopback that can be slow, cut and mended, as a phone's is."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 16 * 1024


class CutLine:
    """Passes what comes to `port` on to the server. `up_per_s`: bytes a second on the way there, None for as fast as it goes."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.up_per_s: int | None = None
        self._whole = threading.Event()
        self._whole.set()
        self._open: set[socket.socket] = set()
        self._every: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection, and every new one at once, until `mend`."""
        self._whole.clear()
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self._whole.clear()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for each in self._every:
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return  # closed
            if not self._whole.is_set():
                client.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.to_port), timeout=10)
            except OSError:
                client.close()  # the server is busy or away: that is for the client to see, and the line goes on
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
                self._every += [client, server]
                if self._listening.fileno() < 0:
                    client.close()
                    server.close()
                    return
            for source, target, slow in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass, args=(source, target, slow), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, slow: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                target.sendall(piece)
                if slow and self.up_per_s:
                    time.sleep(len(piece) / self.up_per_s)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._open.discard(each)


@contextmanager
def cut_line(to_port: int) -> Iterator[CutLine]:
    """A line that is closed at the end of the block."""
    line = CutLine(to_port)
    try:
        yield line
    finally:
        line.close()
