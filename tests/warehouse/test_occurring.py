"""What the index counts is what a person counts who reads every sentence."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from transcripts.ledger import Decision
from warehouse import forms, phrases, sql, store, tokens
from warehouse.concordance import concordance
from warehouse.forms import MOST, SEVERAL, Forms
from warehouse.occurring import occurring
from warehouse.phrases import phrase_of
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.store import load
from warehouse.trends import trends

SAID = (
    "the the the no no no of of notice notices noticed recommend recommends recommended "
    "recommending recommendation housing house houses co-operate cooperate co operate café cafe "
    "people people's people’s Tom Petty councillor 5% 12,000people £3,500 per cent percent million "
    "it's it its O'Brien obrien"
).split()
PHRASES = (
    "the", "no", "no no", "of the", "the no", "notice", "notices", "recommended", "recommendation",
    "house", "co-operate", "cooperate", "operate", "cafe", "people", "people's", "councillor",
    "5 per cent", "per cent", "12000", "it", "it's", "obrien", "the house of", "notice the notice",
    "zeppelin", "recommend recommends", "5%",
)  # fmt: skip
HIDE = Decision("withhold", "withheld", "clerk", "2026-06-03T09:00:00+00:00", name="Tom Petty")
FILTERS = (
    Filters(), Filters(speaker="Okoro"), Filters(item="5"), Filters(meeting="m2"),
    Filters(all_versions=True), Filters(first=date(2026, 6, 2), committee="SCSC"),
)  # fmt: skip


def _lines(dice: random.Random) -> list[tuple[str, str, str]]:
    """Forty utterances of a few words each, of which some are said twice."""
    out = []
    for n in range(40):
        words = [dice.choice(SAID) for _ in range(dice.randrange(2, 14))]
        long = ["the"] * 300 if n == 7 else []
        out.append((f"V{1 + n % 4}", dice.choice(("", "5")), " ".join([*words, *long]) + "."))
    return out


def _meeting(name: str, dice: random.Random) -> b.ProcessedMeeting:
    """Of two transcripts, of which one is preferred."""
    other = b.processed(b.transcript(name, _lines(dice), source="captions"), preferred=False)
    return b.ProcessedMeeting(
        b.meeting(name), (b.processed(b.transcript(name, _lines(dice))), other)
    )


@pytest.fixture(
    scope="module", params=["made at once", "meeting by meeting", "of before there were numbers"]
)
def reader(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """A reader of four meetings, of which one was replaced."""
    home, dice = tmp_path_factory.mktemp("home"), random.Random(5)
    meetings = [_meeting(f"m{n}", dice) for n in range(4)]
    if request.param == "made at once":
        store.rebuild(home, meetings, decisions=[HIDE])
    elif request.param == "meeting by meeting":
        for one in [_meeting("m1", dice), *meetings]:
            load(home, [one], decisions=[HIDE])
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(forms, "MOST", 0)
            load(home, meetings[:2], decisions=[HIDE])
        load(home, meetings[2:], decisions=[HIDE])
    with open_reader(home) as opened:
        yield opened


def _read(reader: Reader, phrase: str, filters: Filters) -> list[tuple[str, str, int]]:
    """Meeting, voice and count of every sentence that holds the phrase, all of them read."""
    rows = reader.con.execute(
        "SELECT t.meeting_id, s.sentence_id, s.text, v.label, s.item, t.preferred "
        "FROM store.sentence AS s JOIN store.transcript AS t USING (tid) "
        "JOIN store.voices AS v ON v.tid = s.tid AND v.voice = s.voice"
    ).fetchall()
    return sorted(
        (meeting, sentence, count)
        for meeting, sentence, text, label, item, preferred in rows
        if (preferred or filters.all_versions)
        and filters.speaker in label
        and filters.item in ("", item)
        and filters.meeting in ("", meeting)
        and (count := phrases.count_in(text, phrase_of(phrase)))
    )


@pytest.mark.parametrize("filters", FILTERS)
def test_counts_and_listings_are_those_of_a_plain_reading(reader: Reader, filters: Filters) -> None:
    """Of common words and rare ones, forms of one stem, numbers, and beside hidden names."""
    for phrase in PHRASES:
        wanted = _read(reader, phrase, filters)

        (counted,) = trends(reader, [phrase], by="speaker-role", filters=filters).total.figures
        listed = [
            (o.meeting_id, o.sentence_id) for o in concordance(reader, phrase, filters=filters)
        ]

        assert counted.occurrences == sum(count for _, _, count in wanted), phrase
        assert counted.meetings == len({meeting for meeting, _, _ in wanted}), phrase
        assert sorted(listed) == [(m, s) for m, s, count in wanted for _ in range(count)], phrase


def test_common_words_are_counted_without_reading(tmp_path: Path) -> None:
    """Nearly all of a word, and of words in a row that stand once; another form is left out."""
    lines = [("V1", "", f"The notice {n} was served. They noticed.") for n in range(50)]
    store.load(tmp_path, [b.one_transcript(b.transcript("m", lines))])

    with open_reader(tmp_path) as reader:
        told = {
            text: occurring(reader, phrase_of(text), Filters()).times.tolist()
            for text in ("notice", "the notice", "noticed", "was the")
        }

    assert told == {"notice": [1] * 50, "the notice": [1] * 50, "noticed": [1] * 50, "was the": []}


def test_a_stem_of_too_many_words_is_read(tmp_path: Path) -> None:
    """Numbers are given out once, and no word has that of another."""
    store.load(tmp_path, [b.one_transcript(b.transcript("m"))])
    words = [(f"word{n}", 1) for n in range(MOST + 3)]

    with open_reader(tmp_path) as reader:
        made = Forms(reader.con)
        (first, new), (again, nothing_new) = made.of(words), made.of(words[::-1])
        _, unheld = made.of([("facial", tokens.term("facial")), ("unheard", 2), ("unheard", 2)])
        (held,) = sql.one(reader.con, "form_of", word="facial")

    assert first.tolist() == [*range(1, MOST + 1), SEVERAL, SEVERAL, SEVERAL]
    assert again.tolist() == first.tolist()[::-1]
    assert [word for word, _, _ in new] == [word for word, _ in words]
    assert (nothing_new, unheld) == ([], [("unheard", 2, 1)])
    assert held == 1
