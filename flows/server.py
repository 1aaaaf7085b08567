"""A Prefect server for as long as one command runs, where the operator keeps none.

Prefect's own temporary server outlives a killed parent (measured: it stays for good), so ours is
started as a child that watches its parent. Started before the heavy imports, it is up by the time
they are done. With ``PREFECT_API_URL`` set, the operator's own server is used instead.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from matters_arising.errors import BadInputError, EngineError
from matters_arising.settings import Settings

logger = logging.getLogger(__name__)

START_TIMEOUT_S = 180.0
BACK_S = 120.0  # for a server that was killed to be up again
LEASES = "prefect.server.concurrency.lease_storage"
STARTING_NAME = "starting.lock"  # two that make one database at once spoil it for each other
LOG_NAME = "server.log"
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
ADDRESS = re.compile(r"postgres(?:ql)?(?:\+asyncpg)?://(?=[^/]*/\w)")
MOST_STARTS = 5
NEEDED = 2_000_000  # bytes, more than its database takes when it is made


def prepare_environment(home: Path) -> None:
    """Settles how Prefect behaves; must be called before ``prefect`` is first imported.

    Results are kept under the archive's home, so that a run goes on where it stopped. Telemetry
    and update calls are off: nothing about a council's meetings leaves the machine.
    """
    settings = {
        "PREFECT_HOME": str(home.absolute() / "prefect"),
        "PREFECT_LOCAL_STORAGE_PATH": str(home.absolute() / "cache"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        # every failure is told once, by the run report; Prefect would add its traceback to it
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "pickle",
        "PREFECT_API_REQUEST_TIMEOUT": "120",
        "PREFECT_CLIENT_MAX_RETRIES": "8",  # a server that was killed is up again before
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        # in memory, as Prefect has it, a slot that was held when the server died is held for ever
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": f"{LEASES}.filesystem",
    }
    if told := own_database():
        settings[DATABASE] = told
    for name, value in settings.items():
        os.environ.setdefault(name, value)


def own_database() -> str:
    """The operator's database for Prefect, with the driver that is used; empty where none is set.

    BadInputError where it is no address of a Postgres database.
    """
    secret = Settings().prefect_database
    address = secret.get_secret_value().strip() if secret else ""
    if not address:
        return ""
    if not ADDRESS.match(address):
        raise BadInputError(
            "MATTERS_PREFECT_DATABASE is no address of a Postgres database; write it as "
            "postgresql://user:password@host:5432/name"
        )
    return ADDRESS.sub("postgresql+asyncpg://", address, count=1)


def database_of(home: Path) -> str:
    """Where our own server keeps what it knows, as SQLAlchemy writes addresses."""
    told = own_database() or os.environ.get(DATABASE, "")
    folder = Path(os.environ.get("PREFECT_HOME") or home.absolute() / "prefect")
    return told or f"sqlite+aiosqlite:///{folder / 'prefect.db'}"


def kept_by_another() -> str:
    """The address of the operator's own server; empty where there is none."""
    return os.environ.get("PREFECT_API_URL", "")


def without_password(address: str) -> str:
    """The address of a database as it may be told."""
    return re.sub(r"(?<=://)([^:/@]*):[^@]*(?=@)", r"\1:***", address)


@contextlib.contextmanager
def temporary_server(home: Path) -> Iterator[TemporaryServer | None]:
    """A server that ends with the block; nothing at all where the operator has their own."""
    if os.environ.get("PREFECT_API_URL"):
        yield None
        return
    server = TemporaryServer(home)
    os.environ["PREFECT_API_URL"] = server.api_url
    try:
        yield server
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.stop()


class TemporaryServer:
    """The child process that serves Prefect's API on a free port of this machine only."""

    def __init__(self, home: Path) -> None:
        self.port = _free_port()
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        folder = home.absolute() / "prefect"
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / LOG_NAME
        self._alone = threading.Lock()
        self._first = FileLock(folder / STARTING_NAME, thread_local=False)
        with contextlib.suppress(Timeout):  # whoever holds it for so long does not get on
            self._first.acquire(timeout=START_TIMEOUT_S)
        self.process = self._start()
        self._ended = threading.Event()
        threading.Thread(target=self._keep_up, daemon=True).start()

    def _keep_up(self) -> None:
        """Starts it again where it was killed: Prefect's client tries long enough to meet it."""
        for _ in range(MOST_STARTS):
            while not self._ended.wait(0.5):
                if self.process.poll() is not None:
                    break
            with self._alone:
                if self._ended.is_set():
                    return
                logger.warning("Prefect's server had ended and is started again")
                self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows.server", str(self.port)],
                stdout=log,
                stderr=log,
                env={**os.environ, "PREFECT_UI_ENABLED": "false"},
                # a Ctrl-C is for the run, which ends it; ended at once it would be begun anew
                start_new_session=True,
            )

    def wait(self) -> None:
        """Returns when the server answers; EngineError when it does not."""
        try:
            self._wait()
        finally:
            self._first.release()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if _answers(self.api_url):
                return
            time.sleep(0.1)
        self.stop()
        database = own_database()
        raise EngineError(
            f"Prefect's temporary server did not start; its words are in {self.log} "
            + (
                f"(does its database answer? it is {without_password(database)})"
                if database
                else "(or set PREFECT_API_URL to a server of your own)"
            )
            + self._cramped()
        )

    def _cramped(self) -> str:
        """That the disk is full, where it is: the server's own words may not have been kept."""
        free = shutil.disk_usage(self.log.parent).free
        return f"; its disk is full ({free // 1000} kB free): make room" if free < NEEDED else ""

    def restart(self) -> None:
        """Stops it and starts it again under the same address, which Prefect has read by now."""
        with self._alone:
            self._end()
            self.process = self._start()
        self.wait()

    def stop(self) -> None:
        """Ends the server; killed if it does not end by itself within five seconds."""
        with self._alone:
            self._ended.set()
            self._end()
        self._first.release()

    def _end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def answers_within(seconds: float = BACK_S) -> bool:
    """Whether the server that is used answers before so many seconds are over."""
    address, deadline = os.environ.get("PREFECT_API_URL", ""), time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _answers(address):
            return True
        time.sleep(0.5)
    return False


def _answers(api_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=5):  # noqa: S310
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError, ValueError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(port: int) -> None:
    from flows.parent import exit_with_parent

    exit_with_parent()
    import uvicorn
    from prefect.server.api.server import create_app

    import flows.notices  # noqa: F401  # the server sends notices, and must know their kind

    uvicorn.run(create_app(), host="127.0.0.1", port=port, log_level="error", lifespan="on")


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
