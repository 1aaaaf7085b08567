"""The assistant's server, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from matters_arising.assistant.quoted import NOTICE
from tests.matters_arising.assistant_support import ROOT, RUN, Call, ask, server, told
from tests.sample_home import JULY, JUNE, SAMPLES

TOOLS = ["search", "meeting", "transcript", "recommendation", "register", "counts"]


def spoken() -> dict[str, str]:
    """What was said in the sample's meetings, all turns of one after another."""
    return {
        meeting: " ".join(
            turn["text"]
            for turn in json.loads((SAMPLES / meeting[-10:] / "truth.json").read_text())["turns"]
        )
        for meeting in (JUNE, JULY)
    }


def quotes(value: Any) -> list[dict[str, Any]]:
    """Everything in an answer that is a quotation."""
    if isinstance(value, dict):
        own = [value] if "quote" in value else []
        return own + [q for v in value.values() for q in quotes(v)]
    return [q for v in value for q in quotes(v)] if isinstance(value, list) else []


@pytest.fixture(scope="module")
def session(sample_home: Path) -> dict[str, Any]:
    """One session with the sample council: what the server says of itself, and an answer a tool."""
    calls: dict[str, Call] = {
        "search": ("search", {"query": "was notice given before the van came", "limit": 3}),
        "words": (
            "search",
            {"query": '"seven days notice"', "mode": "words", "from": "2026-07-01"},
        ),
        "nothing": ("search", {"query": "zeppelin hangar", "mode": "words"}),
        "meetings": ("meeting", {}),
        "meeting": ("meeting", {"meeting": JULY}),
        "transcript": ("transcript", {"meeting": JULY, "at_s": 170, "before": 2, "after": 3}),
        "recommendation": ("recommendation", {"reference": "scsc/2026-27/01"}),
        "register": ("register", {"committee": "SCSC"}),
        "counts": ("counts", {"kind": "concern", "by": "month"}),
    }

    async def run() -> dict[str, Any]:
        async with Client(server(sample_home), read_timeout_seconds=60) as client:
            found = {n: told(await client.call_tool(*call)) for n, call in calls.items()}
            listed = (await client.list_tools()).tools
            return {"tools": listed, "instructions": client.instructions, **found}

    return anyio.run(run)


def test_the_tools_say_what_they_take_and_that_they_only_read(session: dict[str, Any]) -> None:
    """Every argument is described, and none but these is taken."""
    assert [t.name for t in session["tools"]] == TOOLS
    for tool in session["tools"]:
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert all(p.get("description") for p in tool.input_schema["properties"].values())
        assert NOTICE in tool.description
    assert NOTICE in session["instructions"]


@pytest.mark.parametrize(
    "name", ["search", "words", "meeting", "transcript", "recommendation", "register", "counts"]
)
def test_every_answer_quotes_verbatim_with_speaker_link_and_coverage(
    session: dict[str, Any], name: str
) -> None:
    """Held against the script; names of members of the public are masked in it."""
    answer, said = session[name], spoken()
    found = [q for q in quotes(answer) if q["quote"]]

    assert found
    for q in found:
        assert q["speaker"]
        assert q["named"] == (q["speaker"] != "Member of the public 1")
        assert q["link"].startswith("https://webcast.aldermere.example/")
        parts = q["quote"].split("[name withheld]")
        assert all(part.strip() in " ".join(said.values()) for part in parts)
    assert answer["notice"] == NOTICE
    assert answer["coverage"]["meetings"] in (1, 2)
    assert answer["coverage"]["share_transcribed"] == 1.0
    assert answer["coverage"]["says"].startswith(f"Speaks for {answer['coverage']['meetings']} ")


def test_the_page_for_operators_tells_these_tools_and_a_configuration_that_works(
    session: dict[str, Any], sample_home: Path
) -> None:
    """Its block is started as it stands, but for the two paths."""
    page = (ROOT / "docs" / "how-to" / "mcp.md").read_text(encoding="utf-8")
    block = json.loads(page.split("```json")[1].split("```")[0])
    configured = block["mcpServers"]["matters-arising"]
    home = {"/srv/council/matters-data": str(sample_home)}
    started = server(sample_home).model_copy(
        update={"args": [*RUN, *(home.get(a, a) for a in configured["args"])]}
    )

    async def run() -> list[str]:
        async with Client(started, read_timeout_seconds=60) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert anyio.run(run) == [t.name for t in session["tools"]]
    assert configured["command"].endswith("/bin/matters")
    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")] == TOOLS


def test_a_search_narrowed_by_day_speaks_for_less(session: dict[str, Any]) -> None:
    """And finds nothing outside of it."""
    assert session["search"]["coverage"]["meetings"] == 2
    assert session["words"]["coverage"]["meetings"] == 1
    assert {q["meeting"] for q in session["words"]["items"]} == {JULY}


def test_what_was_never_said_is_told_as_such(session: dict[str, Any]) -> None:
    """With what was searched, so that it is not taken for silence in the room."""
    answer = session["nothing"]

    assert answer["items"] == []
    assert answer["words_never_said"] == ["zeppelin", "hangar"]
    assert answer["coverage"]["sentences"] > 200


def test_the_moment_stands_among_what_was_said_around_it(session: dict[str, Any]) -> None:
    """In order, marked."""
    items = session["transcript"]["items"]

    assert len(items) == 6
    assert [bool(i.get("the_moment")) for i in items] == [False, False, True, False, False, False]
    assert items[2]["start_s"] <= 170 < items[3]["start_s"]
    assert [i["start_s"] for i in items] == sorted(i["start_s"] for i in items)


def test_a_hit_leads_to_its_place_in_the_transcript(
    session: dict[str, Any], sample_home: Path
) -> None:
    """By the ids that it carries."""
    hit = session["search"]["items"][0]
    asked = {"meeting": hit["meeting"], "utterance": hit["utterance"], "version": hit["version"]}

    (result,) = ask(sample_home, ("transcript", asked | {"before": 0, "after": 0}))
    (moment,) = told(result)["items"]
    assert hit["quote"] in moment["quote"]
    assert moment["speaker"] == hit["speaker"]


def test_a_life_keeps_what_is_only_proposed_apart(session: dict[str, Any]) -> None:
    """And says where its answer was looked for."""
    life = session["recommendation"]

    assert life["recommendation"]["stated"]["reference"] == "SCSC/2026-27/01"
    assert {e["standing"] for e in life["items"]} <= {"heard", "claimed", "minuted", "decided"}
    assert {e["standing"] for e in life["proposed_by_likeness_and_undecided"]} == {"proposed"}
    assert [m["meeting_id"] for m in life["coverage"]["looked_for_in"]] == [JULY]


def test_counts_add_up(session: dict[str, Any]) -> None:
    """Group by group."""
    answer = session["counts"]

    assert [group["month"] for group in answer["items"]] == ["2026-06", "2026-07"]
    assert sum(group["concern"] for group in answer["items"]) == answer["total"] > 20


FAULTS: dict[str, tuple[Call, str]] = {
    "junk": (("search", {"query": "?!"}), "holds no word to search for"),
    "empty": (("search", {"query": "  "}), "'query'"),
    "long": (("search", {"query": "x" * 501}), "at most 500 characters"),
    "too many": (("search", {"query": "x", "limit": 1000}), "less than or equal to 30"),
    "no such argument": (("search", {"query": "x", "colour": "red"}), "no argument 'colour'"),
    "nothing given": (("search", {}), "'query': field required"),
    "no such mode": (("search", {"query": "x", "mode": "magic"}), "'words', 'meaning' or 'both'"),
    "no day": (("search", {"query": "x", "from": "soon"}), "'from'"),
    "wrong type": (("search", {"query": ["x"]}), "valid string"),
    "unknown meeting": (("meeting", {"meeting": "1999"}), f"archive (it holds: {JUNE}"),
    "no meeting to search": (("search", {"query": "x", "meeting": "1999"}), "no meeting '1999'"),
    "unknown committee": (("register", {"committee": "Moon"}), "no committee 'Moon'"),
    "no such year": (("register", {"year": "26"}), "write it as 2026-27"),
    "unknown reference": (("recommendation", {"reference": "X/1"}), "SCSC/2026-27/05"),
    "no moment": (("transcript", {"meeting": JULY}), "'at_s' in seconds"),
    "unknown moment": (("transcript", {"meeting": JULY, "utterance": "u9"}), "no utterance"),
    "no version": (("transcript", {"meeting": JULY, "at_s": 1, "version": "v"}), "no transcript"),
    "no number": (("transcript", {"meeting": JULY, "at_s": "noon"}), "valid number"),
    "not finite": (("transcript", {"meeting": JULY, "at_s": 1e300}), "less than or equal to"),
    "no ranking of persons": (("counts", {"kind": "concern", "by": "speaker"}), "'month', 'me"),
    "no such tool": (("delete_everything", {}), "no tool 'delete_everything' (there is: counts"),
    "no SQL": (("search", {"query": "x", "meeting": "' OR 1=1 --"}), "no meeting '' OR 1=1 --'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def refused(sample_home: Path) -> dict[str, Any]:
    """What each fault is answered, all in one session that outlives them."""
    calls = [call for call, _ in FAULTS.values()]
    *results, after = ask(sample_home, *calls, ("meeting", {}))
    assert told(after)["held"] == 2
    return dict(zip(FAULTS, results, strict=True))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_clear_sentence(refused: dict[str, Any], fault: str) -> None:
    """For the assistant to read and mend; no traceback, no address of a validator's manual."""
    result, said = refused[fault], FAULTS[fault][1]
    (content,) = result.content

    assert result.is_error
    assert said in content.text
    assert "\n" not in content.text
    assert "http" not in content.text
    assert len(content.text) < 1_000
