"""The assistant's server, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from matters_arising.assistant.limits import Calls, TooManyCallsError, fitted
from matters_arising.assistant.quoted import LONGEST, NOTICE, quote
from tests.matters_arising.web_support import HOOK, SCRIPT
from tests.sample_home import JULY, JUNE, SAMPLES
from tests.warehouse import builders as b
from transcripts.ledger import Decision, Ledger
from warehouse import store

ROOT = Path(__file__).resolve().parents[2]
RUN = ["-c", "from matters_arising.cli import main; main()"]
TOOLS = ["search", "meeting", "transcript", "recommendation", "register", "counts"]
Call = tuple[str, dict[str, Any]]


def server(home: Path) -> StdioServerParameters:
    """How a client starts it."""
    return StdioServerParameters(
        command=sys.executable,
        args=[*RUN, "--home", str(home), "mcp"],
        env={"PYTHONPATH": str(ROOT)},
        cwd=str(home.parent),
    )


def ask(home: Path, *calls: Call) -> list[Any]:
    """What each call gives, one after another in one session."""

    async def run() -> list[Any]:
        async with Client(server(home), read_timeout_seconds=60) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(run)


def told(result: Any) -> dict[str, Any]:
    """The answer of a call that went well; its two forms say the same."""
    assert not result.is_error, result.content[0].text
    answer: dict[str, Any] = json.loads(result.content[0].text)
    assert answer == result.structured_content
    return answer


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


def test_an_absent_home_is_said_at_every_call_and_found_once_it_is_there(tmp_path: Path) -> None:
    """The server starts all the same: a client shows a dead server badly."""
    home = tmp_path / "not-yet"

    async def run() -> list[Any]:
        async with Client(server(home), read_timeout_seconds=60) as client:
            before = await client.call_tool("meeting", {})
            store.load(home, [b.done()])
            return [before, await client.call_tool("meeting", {})]

    before, after = anyio.run(run)
    assert before.is_error
    assert "there is no warehouse in" in before.content[0].text
    assert told(after)["held"] == 1


def test_a_newer_warehouse_is_answered_from_without_a_new_start(tmp_path: Path) -> None:
    """And nothing of the home is changed by answering."""
    store.load(tmp_path, [b.done()])

    async def run() -> list[Any]:
        async with Client(server(tmp_path), read_timeout_seconds=60) as client:
            first = await client.call_tool("meeting", {})
            store.load(tmp_path, [b.done("2026-09-01")])
            before = _files(tmp_path)
            second = await client.call_tool("meeting", {})
            await client.call_tool("search", {"query": "cameras", "mode": "words"})
            assert _files(tmp_path) == before
            return [first, second]

    assert [told(r)["held"] for r in anyio.run(run)] == [1, 2]


def test_a_name_withheld_after_the_load_stops_the_answers(tmp_path: Path) -> None:
    """Until the load that takes it out."""
    ledger = Ledger(tmp_path)
    standing, mark = ledger.standing_to()
    store.load(tmp_path, [b.done()], decisions=standing, mark=mark)
    when = "2026-06-03T10:00:00+00:00"
    ledger.append([Decision("withhold", "withheld", "A. Clerk", when, name="Tom Petty")])

    (result,) = ask(tmp_path, ("search", {"query": "worried", "mode": "words"}))
    assert result.is_error
    assert "withheld since" in result.content[0].text


def test_spoken_words_that_give_orders_are_handed_on_as_a_quote(home: Path) -> None:
    """Verbatim, in their field, under the notice: none of them become the server's own words."""
    (result,) = ask(home, ("search", {"query": "dragons", "mode": "words"}))
    answer = told(result)

    (hit,) = answer["items"]
    assert SCRIPT in hit["quote"]
    assert HOOK in hit["quote"]
    assert hit["link"] == ""  # its meeting gives javascript: for an address
    assert next(iter(answer)) == "notice"
    assert SCRIPT not in answer["notice"] + answer["coverage"]["says"]


def test_no_name_of_the_public_is_told(home: Path) -> None:
    """The roster of the made-up meetings holds one."""
    calls = [
        ("meeting", {"meeting": "2026-06-02"}),
        ("register", {}),
        ("counts", {"kind": "concern"}),
    ]
    answers = ask(home, *calls, ("search", {"query": "bins", "mode": "words"}))

    text = "\n".join(r.content[0].text for r in answers)
    assert "Member of the public 1" in text
    assert "Petty-Smith" not in text


def test_nothing_but_protocol_stands_on_standard_output(sample_home: Path) -> None:
    """Also while a model is loaded; the process ends with its input."""
    client = {"name": "a test", "version": "1"}
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call",
         "params": {"name": "search", "arguments": {"query": "damp homes", "mode": "meaning"}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
         "params": {"name": "search", "arguments": {"query": 7}}},
    ]  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, *RUN, "--home", str(sample_home), "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    )
    with child:
        assert child.stdin
        assert child.stdout
        child.stdin.write("".join(json.dumps(line) + "\n" for line in lines) + "not json\n")
        child.stdin.flush()
        answered: dict[int, Any] = {}
        for line in child.stdout:
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            if message.get("id"):
                answered[message["id"]] = message
            if len(answered) == 3:
                break
        child.stdin.close()
        rest = child.stdout.read()
        assert child.wait(timeout=20) == 0

    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert answered[1]["result"]["serverInfo"]["name"] == "matters-arising"
    assert json.loads(answered[2]["result"]["content"][0]["text"])["items"]
    assert answered[3]["result"]["isError"]


def test_so_many_calls_are_answered_in_a_minute_and_no_more(home: Path) -> None:
    """The fault says how long to wait."""
    results = ask(home, *[("meeting", {})] * 61)

    assert [r.is_error for r in results] == [False] * 60 + [True]
    assert "wait" in results[-1].content[0].text


def test_calls_are_let_through_again_after_their_time() -> None:
    """By a clock of the test's own."""
    now = [0.0]
    calls = Calls(2, 60, lambda: now[0])
    calls.count()
    now[0] = 30
    calls.count()
    with pytest.raises(TooManyCallsError, match="wait 30 s"):
        calls.count()

    now[0] = 61
    calls.count()


def test_a_long_answer_loses_its_end_and_says_so(home: Path) -> None:
    """The rest stays whole: it is still JSON, with its coverage."""
    answer, text = fitted({"items": ["x" * 100] * 1000, "coverage": {"meetings": 1}}, 5_000)

    assert len(text) <= 5_000
    assert json.loads(text) == answer
    assert answer["cut"].startswith(f"{1000 - len(answer['items'])} more items were left out")
    assert answer["coverage"] == {"meetings": 1}
    (result,) = ask(
        home, ("transcript", {"meeting": "long", "at_s": 100, "before": 40, "after": 40})
    )
    assert len(told(result)["items"]) <= 81


def test_a_quote_longer_than_anybody_reads_says_that_it_was_cut() -> None:
    """It is a beginning, word for word, and not a paraphrase."""
    told_whole, told_cut = (
        quote("x" * n, "A", named=True, link="") for n in (LONGEST, LONGEST + 1)
    )

    assert "quote_cut" not in told_whole
    assert (len(told_cut["quote"]), told_cut["quote_cut"]) == (
        2000,
        "the first 2000 of 2001 letters",
    )


@pytest.mark.parametrize(
    ("link", "given"),
    [
        ("https://webcast.aldermere.example/1?t=2", "https://webcast.aldermere.example/1?t=2"),
        ("/home/jo.clerk/June/a.opus#t=1.0", "a.opus#t=1.0"),
        ("June\\a.opus#t=1.0", "a.opus#t=1.0"),
        ("a.opus#t=1.0", "a.opus#t=1.0"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_a_link_is_an_address_or_the_name_of_a_file(link: str, given: str) -> None:
    """No folder of this machine, nothing that runs."""
    assert quote("Hear.", "A", named=True, link=link)["link"] == given


def _files(home: Path) -> dict[str, str]:
    return {
        str(p.relative_to(home)): sha256(p.read_bytes()).hexdigest()
        for p in sorted(home.rglob("*"))
        if p.is_file()
    }
