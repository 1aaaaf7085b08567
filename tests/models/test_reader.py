"""What is shown to a language model, what is believed of its answer, and what that becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from matters_arising.errors import BadInputError
from models.findings import SentenceFindings
from models.reader.account import (
    DOWN,
    OVER_BUDGET,
    REFUSED,
    Reading,
    ReadQuote,
    Usage,
    sum_of,
    why_stop,
)
from models.reader.choice import choose_reader, is_loopback, reader_engine
from models.reader.lines import CONTEXT, HIDDEN, WORDS_A_PART, Line, cut, show
from models.reader.merge import with_read
from models.reader.prompt import document
from models.reader.verify import stands_in
from models.reader.voices import shown_speakers
from models.toolbox import Toolbox
from models.vectors import MiniLM
from tests.models.reader_support import choice, sentences
from transcripts.finding import Finding
from transcripts.meeting import AgendaItem, Meeting, Person
from transcripts.words import Attribution, Reason

RULE = "reader.tiny-test"
MEETING = Meeting(
    id="m",
    council="Aldermere",
    committee="Scrutiny",
    committee_code="S",
    date=date(2026, 6, 11),
    chair="Helen Penrose",
    people=(
        Person("Helen Penrose"),
        Person("Omar Reid", kind="officer"),
        Person("Jane Odell", kind="public"),
    ),
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("seven days' notice", "seven  days’\tnotice"),
        ("“quick” work", '"quick" work'),
        ("  give seven days’ notice ", "give seven  days’\tnotice"),
        ("Give seven days", ""),
        ("ive seven days", ""),
        ("seven day", ""),
        ("", ""),
    ],
)
def test_a_quote_is_found_over_spaces_and_marks_and_kept_in_the_words_said(
    quote: str, found: str
) -> None:
    line = Line("L1", "u/0", "Speaker 1", 'Police give seven  days’\tnotice, "quick" work.')

    assert stands_in(quote, line) == found


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (f"{HIDDEN} was never told", "Mrs Jane Odell was never told"),
        ("was never told of it", "was never told of it"),
        ("withheld) was never told", "Mrs Jane Odell was never told"),
        ("Mrs Jane Odell was never told", ""),
    ],
)
def test_a_quote_over_a_hidden_name_is_the_transcripts_own_and_the_name_is_not_guessed(
    quote: str, found: str
) -> None:
    line = Line("L1", "u/0", "Speaker 1", "Mrs Jane Odell was never told of it.", ((0, 14),))

    assert line.text == f"{HIDDEN} was never told of it."
    assert stands_in(quote, line) == found


def test_parts_keep_to_agenda_items_hold_every_line_once_and_end_where_a_speaker_does() -> None:
    talk = [(f"V{n // 5}", " ".join([f"w{n}"] * 40)) for n in range(60)]
    made = [
        *sentences(talk[:50], item="1"),
        *(
            type(s)(f"b{s.id}", f"b{s.utterance_id}", s.voice, s.text, s.start_s, s.end_s, "2")
            for s in sentences(talk[50:], item="2")
        ),
    ]
    lines = show(made, {}, lambda _: ())

    parts = cut(made, lines, (AgendaItem("2", "Parking"),))

    assert [line for p in parts for line in p.lines] == lines
    assert [p.item for p in parts] == ["1", "1", "1", "2 Parking"]
    assert all(sum(len(x.said.split()) for x in p.lines) <= WORDS_A_PART + 40 for p in parts)
    assert [len(p.before) for p in parts] == [0, CONTEXT, CONTEXT, 0]
    assert [len(p.after) for p in parts] == [CONTEXT, CONTEXT, 0, 0]


def test_speakers_are_numbers_and_offices_and_never_names() -> None:
    why = (Reason("chair", "x", 0.0, 1.0),)
    named = [
        Attribution("V1", "Helen Penrose", "named", "Helen Penrose", 1.0, why),
        Attribution("V2", "Omar Reid", "named", "Omar Reid", 1.0, why),
        Attribution("V3", "Member of the public 1", "public"),
        Attribution("V4", "Director", "role only"),
        Attribution("V5", "Speaker 5"),
    ]
    said = sentences([(f"V{n}", "One two three.") for n in (1, 2, 3, 4, 5)] + [("V?", "Hm.")])

    shown = shown_speakers(MEETING, said, named)

    assert list(shown.values()) == [
        "Chair (Speaker 1)",
        "Officer (Speaker 2)",
        "Member of the public (Speaker 3)",
        "Director (Speaker 4)",
        "Speaker 5",
        "Unknown speaker",
    ]


def test_what_is_shown_of_a_part_holds_no_hidden_name_and_no_id_of_ours() -> None:
    made = sentences([("V1", "Jane Odell was never told."), ("V2", "That is so.")])
    names = lambda text: [(0, 10)] if text.startswith("Jane") else []  # noqa: E731

    (only,) = cut(made, show(made, {"V1": "Speaker 1"}, names))

    assert "Odell" not in document(only)
    assert "u0" not in document(only)


def test_a_finding_of_both_is_one_that_names_both_and_the_readers_own_stand_in_their_place() -> (
    None
):
    made = sentences()
    mine = Finding("id", "concern", "u0/0", "u0", "V1", "told the residents", 0.0, 1.0, score=0.7)
    read = [
        ReadQuote("u1/0", "R", "the police give every councillor"),
        ReadQuote("u0/0", "C", "Nobody told the residents"),
        ReadQuote("u0/0", "F", "Nobody told the residents"),
    ]

    merged = with_read({(0, "C"): mine}, read, RULE, made, "sound")

    told = [(f.kind, f.quote, f.score, f.rules) for f in merged.values()]
    assert told == [
        ("concern", "told the residents", 0.7, (RULE,)),
        ("follow-up", "Nobody told the residents", None, (RULE,)),
        ("recommendation", "the police give every councillor", None, (RULE,)),
    ]


def test_without_a_reader_nothing_changes() -> None:
    made = sentences()
    finding = Finding("id", "concern", "u0/0", "u0", "V1", "told", 0.0, 1.0, score=0.7)

    assert with_read({(0, "C"): finding}, [], RULE, made, "x") == {(0, "C"): finding}


def test_outcome_and_date_of_a_read_finding_are_told_as_of_any_other() -> None:
    """And a score is never invented for it."""
    said = sentences(
        [
            ("V1", "A thought on heaters by the end of June from the office."),
            ("V2", "Are we all agreed?"),
            ("V3", "Agreed."),
        ]
    )
    vectors = MiniLM().encode([s.text for s in said])
    finder = SentenceFindings(date(2026, 6, 11))
    read = [ReadQuote("u0/0", "R", "A thought on heaters")]

    without = finder.find("sound", said, vectors)
    found = finder.find("sound", said, vectors, read, RULE)

    (made,) = [f for f in found if f.kind == "recommendation"]
    assert [f for f in without if f.kind == "recommendation"] == []
    assert (made.agreed, made.due, made.score, made.rules) == (
        True,
        "2026-06-30",
        None,
        (RULE,),
    )
    assert [f for f in found if f is not made] == without


@pytest.mark.parametrize(
    ("url", "more", "said"),
    [
        ("127.0.0.1:8080", {}, "must be like http://127.0.0.1:8080/v1"),
        ("ftp://host/v1", {}, "must be like"),
        ("http://127.0.0.1:808O/v1", {}, "port a number"),
        ("http://127.0.0.1:80800/v1", {}, "port a number"),
        ("http://[::1/v1", {}, "must be like"),
        ("https://me:secret@host/v1", {}, "must hold no user, password or parameters"),
        ("https://host/v1?key=secret", {}, "must hold no user, password or parameters"),
        ("https://host/v1", {"model": " "}, "needs the name of a model"),
        ("https://host/v1", {"offline": True}, "offline allows no reader at host"),
        ("http://127.0.0.1.host.example/v1", {"offline": True}, "offline allows no reader"),
        ("http://0.0.0.0/v1", {"offline": True}, "offline allows no reader"),
        ("http://10.0.0.7/v1", {"offline": True}, "offline allows no reader"),
        ("https://host/v1", {"price_in": 1.0}, "both prices or neither"),
    ],
)
def test_a_reader_that_cannot_be_is_refused_in_words_without_secrets(
    url: str, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInputError, match=said) as raised:
        choose_reader(url, **{"model": "m", **more})

    assert "secret" not in str(raised.value)


def test_no_address_is_no_reader() -> None:
    assert choose_reader("", "m") is None


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8000/v1", True),
        ("https://localhost.example/v1", False),
        ("http://192.168.1.5/v1", False),
    ],
)
def test_only_this_machine_is_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here


def test_where_words_go_is_said_and_unencrypted_ways_are_named() -> None:
    told = [str(choice(u)) for u in ("http://[::1]:1/v1", "https://host/v1", "http://host/v1")]

    assert ["on this machine" in t for t in told] == [True, False, False]
    assert ["is sent there" in t for t in told] == [False, True, True]
    assert ["UNENCRYPTED" in t for t in told] == [False, False, True]


def test_the_same_model_elsewhere_is_the_same_engine_and_another_is_another() -> None:
    here, there = choice("http://127.0.0.1/v1"), choice("https://host/v1", budget=9, tries=9)

    assert reader_engine(here) == reader_engine(there)
    assert Toolbox(reader=here, speech="captions").engine("reader").model == "tiny test"
    assert "reader" not in [e.task for e in Toolbox(speech="captions").engines()]


def test_the_account_of_a_meeting_adds_up_and_costs_what_the_operator_says() -> None:
    one = Reading("m", "h", 3, 1, 4, {"a": 1}, (), {}, Usage(3, 1, 1000, 100, seconds=2.0))
    two = Reading("m", "h", 1, 0, 0, {"a": 2, "b": 1}, ("x",), {"y": 2}, Usage(1, 0, 500, 50))

    priced = choice("http://h/v1", price_in=2.0, price_out=10.0)
    total = sum_of([one, two], priced)

    assert total is not None
    assert (total.parts, total.kept, total.quotes, total.dropped) == (4, 1, 4, {"a": 3, "b": 1})
    assert (total.usage.requests, total.usage.prompt_tokens) == (4, 1500)
    assert total.cost == pytest.approx(0.0045)
    assert total.faults == ["the reader failed on x", "2 parts not read: y"]
    assert not total.complete


def test_a_meeting_is_read_on_after_failures_but_not_for_ever_after_its_budget() -> None:
    over = Reading("m", "h", unread={OVER_BUDGET: 3})
    failed = Reading("m", "h", failed=("x",))
    down = Reading("m", "h", unread={"3 in a row had failed": 1})

    assert [r.complete for r in (Reading("m", "h"), over, failed, down)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ((0, 10**9, 0, False), ""),
        ((100, 99, 2, False), ""),
        ((100, 100, 0, False), OVER_BUDGET),
        ((0, 0, 3, False), DOWN),
        ((100, 100, 3, True), REFUSED),
    ],
)
def test_asking_stops_for_a_spent_budget_a_refusal_or_an_endpoint_that_is_down(
    state: tuple[int, int, int, bool], why: str
) -> None:
    budget, spent, in_a_row, hopeless = state

    stops = why_stop(budget=budget, spent=spent, failed_in_a_row=in_a_row, hopeless=hopeless)

    assert stops == why


def test_without_prices_no_cost_is_made_up() -> None:
    assert choice("http://h/v1").cost(10, 10) is None
