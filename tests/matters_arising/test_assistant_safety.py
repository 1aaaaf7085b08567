"""What an assistant is not given, and how much: names, folders, orders, size, calls."""

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
from mcp import Client

from matters_arising.assistant.limits import Calls, TooManyCallsError, fitted
from matters_arising.assistant.quoted import LONGEST, quote
from tests.matters_arising.assistant_support import ROOT, RUN, ask, server, told
from tests.matters_arising.web_support import HOOK, SCRIPT
from tests.warehouse import builders as b
from transcripts.ledger import Decision, Ledger
from warehouse import store


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
