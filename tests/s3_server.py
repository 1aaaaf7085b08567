"""A real S3 server over HTTP on this machine, reached by a line that can be cut, slow or dead."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1"}  # fmt: skip
BUCKET = "records"


class Line:
    """What lies between a client and a server: bytes go through as long as it is whole."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.slow_s = 0.0  # before each piece of what a client sends
        self.cut_after: int | None = None  # bytes that clients may still send
        self._open: list[socket.socket] = []
        self._listen(0)

    def _listen(self, port: int) -> None:
        self._server = socket.create_server(("127.0.0.1", port))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def cut(self) -> None:
        """From now on nobody answers, and whatever was on its way is lost."""
        self._server.close()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self) -> None:
        """Answers again, at the same address."""
        self.cut_after = None
        self._listen(self.port)

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
                there = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            self._open += [client, there]
            threading.Thread(target=self._pass, args=(client, there, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(there, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, to: socket.socket, sent: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if sent:
                    time.sleep(self.slow_s)
                    data = self._allowed(data)
                to.sendall(data)
        for each in (source, to):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _allowed(self, data: bytes) -> bytes:
        if self.cut_after is None:
            return data
        self.cut_after -= len(data)
        if self.cut_after > 0:
            return data
        self.cut()
        raise OSError("cut")


class S3:
    """The server, with one bucket in it; ``line`` is how it is reached."""

    def __init__(self) -> None:
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every request
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        _, port = self._server.get_host_and_port()
        self.port = int(port)
        self.line = Line(self.port)

    @property
    def settings(self) -> dict[str, str]:
        """The environment by which S3's own tools find it."""
        return {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.line.port}"}

    def make_bucket(self, name: str = BUCKET) -> str:
        """Makes a bucket; gives the address of a store in it."""
        import boto3

        client = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{self.port}", region_name="us-east-1",
            **{name.lower(): KEYS[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")},
        )  # fmt: skip
        client.create_bucket(Bucket=name)
        return f"s3://{name}/matters"

    def stop(self) -> None:
        """Ends it."""
        self.line.cut()
        self._server.stop()


@contextmanager
def s3() -> Iterator[S3]:
    """A server for as long as the block runs."""
    server = S3()
    try:
        yield server
    finally:
        server.stop()
