"""What was merged or split says on its page where it goes on, and whose wording it shows."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from matters_arising.web.shown import referred
from tests.matters_arising.desk.support import REFERENCE, make
from tests.matters_arising.test_verbs import run
from tests.matters_arising.web_support import LOCAL

PARTS = ("Print the schedule", "Post it")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a recommendation that was split, of its first part, and the paper."""
    home = make(tmp_path_factory.mktemp("split") / "archive")
    into = (word for part in PARTS for word in ("--into", part))
    split = run(home, "recommendation", REFERENCE, "split", *into, "--by", "Ann")
    assert split.exit_code == 0, split.output
    with TestClient(create_app(home), base_url=LOCAL) as client:
        whole = client.get(f"/recommendation/{REFERENCE}")
        part = client.get("/recommendation/SCSC/2026-27/03")
        return {"whole": whole.text, "part": part.text}


def test_what_became_several_leads_to_each(pages: dict[str, str]) -> None:
    for number in ("03", "04"):
        there = f'<a href="/recommendation/SCSC/2026-27/{number}">SCSC/2026-27/{number}</a>'
        assert there in pages["whole"]


def test_a_part_is_not_told_as_minuted_nor_as_a_clerks_words(pages: dict[str, str]) -> None:
    assert "<p>In the register: “Print the schedule”</p>" in pages["part"]
    assert "Minuted: “Print" not in pages["part"]
    assert '<span class="meta">Ann:</span>' not in pages["part"]
    assert f'split from <a href="/recommendation/{REFERENCE}">' in pages["part"]


def test_references_in_a_text_lead_to_their_pages_and_all_else_is_escaped() -> None:
    assert referred("<b>merged</b> into SCSC/2026-27/01; 1/2026-27") == (
        "&lt;b&gt;merged&lt;/b&gt; into "
        '<a href="/recommendation/SCSC/2026-27/01">SCSC/2026-27/01</a>; 1/2026-27'
    )
