"""The reader before a real server on this machine that misbehaves in the known ways."""

from __future__ import annotations

import logging
import time

import pytest

from matters_arising.errors import ReaderError
from models.reader.account import PartReading, Usage
from models.reader.client import pause_asked
from tests.models.reader_server import (
    Behaviour,
    fails,
    finds,
    floods,
    hangs_up,
    only_without,
    says,
    serving,
    sleeps,
    trickles,
    truncates,
)
from tests.models.reader_support import NOTICE, TOLD, part, reader

GOOD = finds(TOLD, NOTICE)
QUOTES = [
    ("u0/0", "C", "Nobody told the residents"),
    ("u1/0", "R", "the police give every councillor seven days’ notice"),
]


def quoted(reading: PartReading) -> list[tuple[str, str, str]]:
    return [(q.sentence_id, q.letter, q.quote) for q in reading.quotes]


def test_a_good_answer_gives_the_words_of_the_transcript_and_its_account() -> None:
    with serving(GOOD) as server:
        read = reader(server.url).read(part())

    assert quoted(read) == QUOTES
    assert (read.dropped, read.usage) == (
        {},
        Usage(1, 0, 100, 10, seconds=read.usage.seconds),
    )


def test_the_request_is_structured_strict_and_deterministic() -> None:
    with serving(GOOD) as server:
        reader(server.url).read(part())
        (asked,) = server.asked

    assert asked.path == "/v1/chat/completions"
    assert [m["role"] for m in asked.body["messages"]] == ["system", "user"]
    assert (asked.body["temperature"], asked.body["stream"]) == (0, False)
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert "Authorization" not in asked.headers


@pytest.mark.parametrize(
    "fault",
    [
        hangs_up,
        truncates,
        fails(500),
        fails(503),
        fails(408),
        fails(429, Retry_After="0"),
        says("{'findings': oh no"),
        says(""),
        says(None),
        says("[]"),
        lambda handler, body: says("x")(handler, body),
    ],
)
def test_what_another_try_may_mend_is_tried_again_and_counted(fault: Behaviour) -> None:
    with serving(fault, GOOD) as server:
        read = reader(server.url).read(part())

    assert quoted(read) == QUOTES
    assert (read.usage.requests, read.usage.retries) == (2, 1)


@pytest.mark.parametrize(
    ("fault", "requests", "said"),
    [
        (hangs_up, 3, r"connection to 127\.0\.0\.1:\d+ failed .*asked 3 times"),
        (truncates, 3, "failed"),
        (fails(500, "out of memory"), 3, "500 out of memory"),
        (fails(429, "slow down"), 3, "429 slow down"),
        (says("no idea"), 2, "of 7 characters holds no list of findings"),
        (says(""), 2, "the answer is empty"),
        (says('{"findings": [{"li', finish="length"), 1, "cut off at its limit of 2000 tokens"),
        (fails(401, "who are you"), 1, "401 who are you; set MATTERS_READER_KEY"),
        (fails(403), 1, "403 no; the key may not"),
        (fails(404), 1, "404 no; see that the address"),
        (fails(402, "pay first"), 1, "402 pay first"),
        (fails(400, "maximum context length is 2048 tokens"), 1, "maximum context length"),
        (fails(302, Location="http://127.0.0.1:9/"), 1, "not followed"),
        (floods, 1, "longer than 2,000,000 bytes"),
    ],
)
def test_every_fault_ends_soon_in_words_with_what_it_took(
    fault: Behaviour, requests: int, said: str
) -> None:
    started = time.monotonic()
    with serving(fault) as server:
        with pytest.raises(ReaderError, match=said) as raised:
            reader(server.url).read(part())
        asked = len(server.asked)

    assert asked == requests
    assert isinstance(raised.value.usage, Usage)
    assert raised.value.usage.requests == requests
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("slow", [sleeps(2.0), trickles])
def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_said(slow: Behaviour) -> None:
    with serving(slow) as server:
        started = time.monotonic()
        with pytest.raises(ReaderError, match=r"no answer within 0\.2 s") as raised:
            reader(server.url, timeout_s=0.2, tries=2).read(part())
        took = time.monotonic() - started

    assert took < 2
    assert isinstance(raised.value.usage, Usage)
    assert raised.value.usage.unreported == 2
    assert raised.value.usage.guessed > 0  # a timed-out request may well be charged


def test_a_pause_that_is_asked_for_is_kept() -> None:
    with serving(fails(429, Retry_After="0.3"), GOOD) as server:
        started = time.monotonic()
        reader(server.url).read(part())

    assert time.monotonic() - started >= 0.3


def test_a_pause_longer_than_the_patience_is_not_waited_for() -> None:
    with serving(fails(429, "tomorrow", Retry_After="86400")) as server:
        with pytest.raises(ReaderError, match="429 tomorrow"):
            reader(server.url).read(part())
        asked = len(server.asked)

    assert asked == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("2", 2.0), ("", 0.0), ("soon", 0.0), ("-5", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_a_pause_is_read_in_seconds_or_as_a_date(header: str, seconds: float) -> None:
    assert pause_asked(header) == seconds


def test_nobody_listening_is_a_fault_like_another() -> None:
    with serving(GOOD) as server:
        url = server.url

    with pytest.raises(ReaderError, match="ConnectError"):
        reader(url).read(part())


@pytest.mark.parametrize(
    ("lacks", "wanted"),
    [
        (("json_schema",), {"type": "json_object"}),
        (("response_format",), None),
        (("temperature",), "json_schema"),
    ],
)
def test_an_endpoint_that_lacks_a_feature_is_asked_without_it_and_not_offered_it_twice(
    lacks: tuple[str, ...], wanted: object
) -> None:
    with serving(only_without(*lacks, then=GOOD)) as server:
        one = reader(server.url)
        first, second = one.read(part()), one.read(part())
        last = server.asked[-1].body

    form = last.get("response_format")
    assert quoted(first) == quoted(second) == QUOTES
    assert first.usage.requests > 1
    assert second.usage.requests == 1
    assert wanted in (form, (form or {}).get("type"))


def test_a_host_that_knows_only_the_newer_name_of_the_limit_is_asked_by_it() -> None:
    refusal = fails(
        400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    )
    with serving(refusal, GOOD) as server:
        reader(server.url).read(part())
        last = server.asked[-1].body

    assert "max_tokens" not in last
    assert last["max_completion_tokens"] == 2000


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": -5}, {"prompt_tokens": 10**12}, "many"]
)
def test_tokens_that_are_not_told_are_never_made_up(usage: object) -> None:
    with serving(says('{"findings": []}', usage=usage)) as server:
        read = reader(server.url).read(part())

    assert (read.usage.prompt_tokens, read.usage.completion_tokens) == (0, 0)
    assert read.usage.unreported == 1
    assert read.usage.spent > 0  # held against the budget all the same


def test_the_key_goes_to_the_endpoint_and_into_no_message_or_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(fails(400, "wrong key sk-secret", x="y")) as server:
        with pytest.raises(ReaderError) as raised:
            reader(server.url, key="sk-secret").read(part())
        sent = server.asked[0].headers["Authorization"]

    assert sent == "Bearer sk-secret"
    assert "sk-secret" not in f"{raised.value} {raised.value.args} {caplog.text}"
    assert "sk-secret" not in str(raised.value.__context__)


@pytest.mark.parametrize("key", ["“sk-secret”", "sk-secret\nHost: elsewhere", "sk-sécret"])
def test_a_key_that_no_header_can_hold_is_refused_unasked_in_words_without_it(key: str) -> None:
    """What fails later, in the middle of sending, would carry the key into what is kept."""
    with serving(GOOD) as server:
        with pytest.raises(ReaderError, match="MATTERS_READER_KEY") as raised:
            reader(server.url, key=key).read(part())
        asked = list(server.asked)

    told = f"{raised.value!r} {vars(raised.value)} {raised.value.__context__!r}"
    assert (asked, raised.value.hopeless) == ([], True)
    assert "cret" not in told


def test_an_address_that_cannot_be_asked_is_a_fault_in_words() -> None:
    with pytest.raises(ReaderError, match="address cannot be asked"):
        reader("http://127.0.0.1:808O/v1").read(part())
