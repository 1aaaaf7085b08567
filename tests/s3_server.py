"""A real S3 server over HTTP on this machine, in a process that can be killed and started again.

    python -m tests.s3_server PORT [SECONDS]

SECONDS is how long it lets every answer wait. What it holds is in memory: ``Server`` keeps what
lies in it over a kill by starting it again from a copy, as a real store keeps it on its disks.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1"}  # fmt: skip


class S3:
    """A server in this process' own thread; ``address`` is what AWS_ENDPOINT_URL is set to."""

    def __init__(self) -> None:
        from moto.server import ThreadedMotoServer

        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.address = f"http://{host}:{port}"

    def settings(self) -> dict[str, str]:
        """The environment by which S3's tools find it."""
        return {**KEYS, "AWS_ENDPOINT_URL": self.address}

    def stop(self) -> None:
        """Ends it; what it held stays in the memory of this process."""
        self.server.stop()


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
