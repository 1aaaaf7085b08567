"""``matters deploy`` as an operator runs it, and Prefect's server asked what came of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.flows.migrated import with_a_database
from tests.flows.support import MATTERS, until


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted."""

    def do_POST(self) -> None:  # as the library has it
        size = int(self.headers["Content-Length"])
        self.server.got.append(json.loads(self.rfile.read(size)))  # type: ignore[attr-defined]
        self.server.came.set()  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiving() -> Iterator[ThreadingHTTPServer]:
    """A server that keeps notices: ``got``, and ``came`` when there is one."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.came = [], threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Deployed:
    """One ``matters deploy`` with all that it started."""

    def __init__(self, home: Path, config: Path, **more: str) -> None:
        with_a_database(home)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        self.log = home.parent / "deploy.log"
        with self.log.open("ab") as log:
            before = log.tell()
            self.process = subprocess.Popen(
                [MATTERS, "--home", home, "deploy", "--config", config],
                stdout=log, stderr=log, start_new_session=True,
                env={**environment, "PREFECT_RUNNER_POLL_FREQUENCY": "1", **more},
            )  # fmt: skip
        found = until(lambda: re.search(rb"answers at (\S+)", self.log.read_bytes()[before:]))
        self.api = found[1].decode()
        until(lambda: self.runs("deployments"))

    def runs(self, kind: str = "flow_runs") -> list[dict[str, Any]]:
        """What the server tells, newest last."""
        found: list[dict[str, Any]] = httpx.post(
            f"{self.api}/{kind}/filter", json={}, timeout=60
        ).json()
        return sorted(found, key=lambda run: str(run["created"]))

    def ask(self, name: str) -> str:
        """Asks for a run of a deployment at once; its id."""
        (wanted,) = [d for d in self.runs("deployments") if d["name"] == name]
        address = f"{self.api}/deployments/{wanted['id']}/create_flow_run"
        asked = {"idempotency_key": str(uuid4())}  # asked again, it is the same run

        def made() -> str:
            answer = httpx.post(address, json=asked, timeout=60)
            return str(answer.json()["id"]) if answer.is_success else ""

        return until(made)

    def state(self, run: str) -> str:
        """The state of a run."""
        found = httpx.get(f"{self.api}/flow_runs/{run}", timeout=60).json()
        return str(found["state_type"])

    def engine(self) -> int:
        """The process of the batch that is at work, once there is one."""
        return until(lambda: _child(self.process.pid, "prefect.engine"))

    def kill(self) -> None:
        """Everything at once, as when the power goes."""
        engine = _child(self.process.pid, "prefect.engine")
        server = _child(self.process.pid, "flows.server")
        for pid in filter(None, (self.process.pid, engine, server)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an operator ends it."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def _child(parent: int, what: str) -> int:
    """The process id of a child with these words in its command line; 0 for none."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            own = int(re.findall(r"^PPid:\s+(\d+)", (path / "status").read_text(), re.M)[0])
            if own == parent and what in (path / "cmdline").read_text():
                return int(path.name)
        except (OSError, IndexError):
            continue
    return 0
