"""The command that shows the pages: where it answers, and what it says when it cannot."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli.serve import _listen, serve
from tests.warehouse import builders
from warehouse.store import load


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one meeting."""
    made = tmp_path_factory.mktemp("archive")
    load(made, [builders.done()])
    return made


def test_serve_without_a_warehouse_says_what_to_do(tmp_path: Path) -> None:
    """One sentence, without a traceback."""
    answer = subprocess.run(
        [sys.executable, "-c", "from matters_arising.cli import main; main()",
         "serve", "--home", str(tmp_path), "--port", "0"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: there is no warehouse in")


def test_serve_names_a_port_that_is_taken(home: Path) -> None:
    """And how to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(serve, ["--home", str(home), "--port", port])

    assert answer.exit_code == 1
    assert f"cannot answer at 127.0.0.1, port {port}" in answer.output
    assert "--port" in answer.output


def test_no_part_of_an_answer_is_held_back_for_what_may_follow() -> None:
    """Else the body of each page waits 40 ms until its head is known to have arrived."""
    with (
        _listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        at_once = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    assert at_once


def test_serve_prints_the_address_and_answers_there(home: Path) -> None:
    """The whole command, from the line it prints to the page it shows."""
    served = subprocess.Popen(
        [sys.executable, "-c", "from matters_arising.cli import main; main()",
         "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE, text=True, env={"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert served.stdout is not None
        address = served.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 our own address
            page = answer.read().decode()
    finally:
        served.terminate()
        served.wait(timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert "Newest meetings" in page
