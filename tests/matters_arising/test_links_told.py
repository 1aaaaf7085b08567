"""What the command prints may be passed on: a link to a file becomes one to the player."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from matters_arising.cli import main
from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL, Read
from tests.warehouse import builders
from warehouse.store import load


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A meeting without an address on the web, out of a folder that tells something."""
    made = tmp_path_factory.mktemp("home")
    done = builders.done()
    (recording,) = done.meeting.recordings
    path = "/srv/Operators secret folder/june.opus"
    done = replace(
        done,
        meeting=replace(done.meeting, recordings=(replace(recording, path=path),)),
    )
    (recommended,) = [
        f for f in done.transcripts[0].findings.findings if f.kind == "recommendation"
    ]
    load(made, [done], references={recommended.id: "SCSC/2026-27/01"})
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("search", "cameras", "--mode", "words"),
        ("search", "cameras", "--mode", "words", "--json"),
        ("search", "cameras", "--mode", "words", "--csv"),
        ("search", "cameras", "--mode", "words", "--cite"),
        ("concordance", "cameras"),
        ("concordance", "cameras", "--json"),
        ("concerns", "--json"),
        ("floated", "--csv"),
        ("recommendations", "--json"),
        ("recommendation", "SCSC/2026-27/01"),
        ("recommendation", "SCSC/2026-27/01", "--json"),
        ("arising", "SCSC", "--for", "2026-12-01"),
    ],
)
def test_no_folder_is_told(home: Path, command: tuple[str, ...]) -> None:
    """In any form of output."""
    told = CliRunner().invoke(main, ["--home", str(home), *command])

    assert (told.exit_code, "secret" in told.output) == (0, False)
    assert "cameras" in told.output or "schedule" in told.output


def test_the_link_leads_to_the_second_in_the_pages(home: Path) -> None:
    """The pages that ``matters serve`` shows at its usual address."""
    told = CliRunner().invoke(main, ["--home", str(home), "search", "cameras", "--mode", "words"])
    link = next(w for line in told.output.splitlines() for w in line.split() if "/meeting/" in w)
    with TestClient(create_app(home), base_url=LOCAL) as reader:
        page = Read(reader.get(link.removeprefix(LOCAL).partition("#")[0]).text)

    asked = [li["id"] for li in page.all("li") if "asked-for" in (li.get("class") or "")]
    assert asked == [link.partition("#")[2]]
