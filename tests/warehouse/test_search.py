"""Search finds what was said, shows it word for word, and admits what it did not find."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from tests.warehouse import builders as b
from warehouse import store, tokens
from warehouse.life import life_of
from warehouse.matching import rank, understood
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.search import MODES, search

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings of two committees."""
    made = tmp_path_factory.mktemp("home")
    other = {"committee": "Housing Select Committee", "code": "HSC", "day": date(2026, 9, 1)}
    store.load(made, [b.done("june"), b.done("september", **other)])
    return made


@pytest.fixture
def reader(home: Path) -> Reader:
    """A reader of them, closed at the end."""
    with open_reader(home) as opened:
        yield opened


def texts(reader: Reader, query: str, **more: object) -> list[str]:
    """The hits' words."""
    return [h.text for h in search(reader, query, **more).hits]  # type: ignore[arg-type]


def test_a_hit_is_the_sentence_word_for_word_with_its_neighbours_and_its_second(
    reader: Reader,
) -> None:
    """And everything that is needed to quote it."""
    (hit,) = search(reader, "notices", filters=Filters(meeting="june")).hits

    assert (hit.before, hit.text, hit.after) == (
        "The trial of live facial recognition ran for two days.",
        "We published a notice.",
        "I recommend that the Cabinet publishes a schedule before any deployment.",
    )
    assert (hit.speaker, hit.person, hit.meeting_id, hit.item, hit.item_title) == (
        "Dr Grace Okoro", "Dr Grace Okoro", "june", "5", "Live facial recognition",
    )  # fmt: skip
    assert hit.link == f"june.opus#t={hit.start_s:.1f}"
    assert (hit.date, hit.machine_made, hit.meaning) == (date(2026, 6, 2), True, None)


def test_neighbours_do_not_come_from_another_meeting(reader: Reader) -> None:
    """The first sentence of a meeting has none before it."""
    hits = search(reader, "welcome").hits
    assert [h.before for h in hits] == ["", ""]


def test_words_are_found_whatever_their_ending_case_and_accent(reader: Reader) -> None:
    """Stemmed, folded."""
    assert len({tuple(texts(reader, q)) for q in ("emptied", "EMPTY", "emptying", "émptied")}) == 1


def test_no_word_is_too_common_to_be_found(reader: Reader) -> None:
    """There is no stop list in the index."""
    for word in ("the", "of", "we"):
        held = texts(reader, word, k=100)
        assert held, word
        assert all(word in tokens.words(text) for text in held)


def test_words_in_quotes_stand_in_the_hit_exactly_so(reader: Reader) -> None:
    """Not their stems, not in another order; case and punctuation do not matter."""
    assert set(texts(reader, '"LIVE facial"')) == {
        "Agenda item five is live facial recognition.",
        "The trial of live facial recognition ran for two days.",
    }
    assert texts(reader, '"lives facial"') == texts(reader, '"facial live"') == []
    assert set(texts(reader, "“ran for two” trial")) == {
        "The trial of live facial recognition ran for two days."
    }


def test_what_was_never_said_is_named_with_what_was_searched(reader: Reader) -> None:
    """Nothing found is not the same as never said."""
    result = search(reader, "xylophone quartet", filters=Filters(committee="hsc"))

    assert (result.hits, result.not_said) == ((), ("xylophone", "quartet"))
    assert (result.searched.meetings, result.searched.sentences) == (1, 10)
    assert (result.searched.hours, result.searched.share_transcribed) == (0.01, 0.9714)


@pytest.mark.parametrize("mode", MODES)
def test_every_filter_leaves_only_what_it_names(reader: Reader, mode: str) -> None:
    """In every mode."""
    question = "We published a notice. I recommend that the Cabinet publishes bins on my street"

    def found(filters: Filters) -> list[object]:
        result = search(reader, question, mode=mode, encode=b.encode, filters=filters, k=50)
        assert result.hits
        return list(result.hits)

    assert {h.person for h in found(Filters(speaker="okoro"))} == {"Dr Grace Okoro"}
    assert {h.speaker for h in found(Filters(speaker="Member of the public 1"))} == {
        "Member of the public 1"
    }
    assert {h.committee for h in found(Filters(committee="HSC"))} == {"Housing Select Committee"}
    assert {h.meeting_id for h in found(Filters(first=date(2026, 7, 1)))} == {"september"}
    assert {h.meeting_id for h in found(Filters(last=date(2026, 6, 2)))} == {"june"}
    assert {h.item for h in found(Filters(item="6"))} == {"6"}
    assert {h.kinds for h in found(Filters(kind="recommendation"))} == {("recommendation",)}
    assert {h.meeting_id for h in found(Filters(meeting="june"))} == {"june"}


@given(k=st.integers(1, 30), speaker=st.sampled_from(["", "varley", "petty", "okoro"]))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_search_gives_k_hits_or_all_there_are(reader: Reader, k: int, speaker: str) -> None:
    """A filter never eats hits that are there."""
    wanted = {"recognition", "cameras", "schedule", "trial", "item"}
    with_word = [
        row
        for row in reader.con.view("sentences").project("text, speaker").fetchall()
        if wanted & set(tokens.words(row[0])) and speaker in row[1].lower()
    ]
    hits = search(reader, " ".join(wanted), filters=Filters(speaker=speaker), k=k).hits
    assert len(hits) == min(k, len(with_word))


def test_meaning_finds_what_is_near_and_shows_the_nearest_when_nothing_is(reader: Reader) -> None:
    """What is below the bar is not called a hit."""
    near = search(reader, "We published a notice", mode="meaning", encode=b.encode)
    far = search(reader, "quantum chromodynamics lattice", mode="meaning", encode=b.encode)

    assert near.hits[0].text == "We published a notice."
    assert near.hits[0].meaning == pytest.approx(1.0, abs=0.01)
    assert (far.hits, len(far.nearest)) == ((), 3)


def test_an_unknown_name_in_a_filter_is_refused_with_those_that_are_known(reader: Reader) -> None:
    """An empty answer would be taken for silence."""
    with pytest.raises(NotInArchiveError, match="Housing Select Committee"):
        search(reader, "bins", filters=Filters(committee="Hosing"))
    with pytest.raises(NotInArchiveError, match="no speaker 'nobody'"):
        search(reader, "bins", filters=Filters(speaker="nobody"))
    with pytest.raises(NotInArchiveError, match="june, september"):
        search(reader, "bins", filters=Filters(meeting="july"))
    with pytest.raises(UnknownValueError, match="follow-up"):
        search(reader, "bins", filters=Filters(kind="worry"))
    with pytest.raises(UnknownValueError):
        search(reader, "bins", mode="magic")
    with pytest.raises(BadInputError):
        search(reader, " … ")


def test_only_preferred_transcripts_are_searched_unless_all_are_asked_for(tmp_path: Path) -> None:
    """Both versions are there."""
    speech, captions = b.transcript("june"), b.transcript("june", source="captions")
    store.load(tmp_path, [b.ProcessedMeeting(
        b.meeting("june"), (b.processed(speech), b.processed(captions, preferred=False)),
    )])  # fmt: skip

    with open_reader(tmp_path) as reader:
        one = search(reader, "bins", mode="both", encode=b.encode).hits
        both = search(
            reader, "bins", mode="both", encode=b.encode, filters=Filters(all_versions=True)
        ).hits
    assert [len({h.transcript_version for h in hits}) for hits in (one, both)] == [1, 2]


def test_a_speakers_words_are_found_beside_a_longer_version_that_is_not_preferred(
    tmp_path: Path,
) -> None:
    """Its sentences have numbers beyond all that are searched, in either order of asking."""
    speech = b.transcript("june")
    captions = b.transcript("june", (*b.LINES, *b.LINES, *b.LINES), source="captions")
    store.load(tmp_path, [b.ProcessedMeeting(
        b.meeting("june"), (b.processed(speech), b.processed(captions, preferred=False)),
    )])  # fmt: skip
    okoro, every = "Dr Grace Okoro", []
    for order in ((False, True), (True, False)):
        with open_reader(tmp_path) as reader:
            for all_versions in order:
                filters = Filters(speaker=okoro, all_versions=all_versions)
                found = search(reader, "notice trial write", filters=filters, k=50).hits
                assert {h.speaker for h in found} == {okoro}
                every.append((all_versions, len(found)))

    assert len(set(every)) == 2
    assert dict(every)[True] == 4 * dict(every)[False] > 0


@given(
    sentences=st.lists(
        st.lists(st.sampled_from("bin road lamp tree rent the".split()), min_size=1, max_size=9),
        min_size=1,
        max_size=12,
    ),
    word=st.sampled_from("bin road lamp".split()),
)
@settings(max_examples=12, deadline=None)
def test_a_sentences_own_score_is_bm25(
    tmp_path_factory: pytest.TempPathFactory, sentences: list[list[str]], word: str
) -> None:
    """As Lucene has it, over sentences."""
    home = tmp_path_factory.mktemp("bm25")
    lines = [("V1", "1", " ".join(words) + ".") for words in sentences]
    store.load(home, [b.one_transcript(b.transcript("june", lines))])
    with open_reader(home) as reader:
        ranked = rank(
            reader, understood(reader, word), mode="words", encode=None, filters=Filters(),
            allowed=None,
        )  # fmt: skip
    held = [s for s in sentences if word in s]
    mean = sum(map(len, sentences)) / len(sentences)
    idf = math.log(1 + (len(sentences) - len(held) + 0.5) / (len(held) + 0.5))
    wanted = [
        idf * (tf := Counter(s)[word]) / (tf + 1.2 * (1 - 0.75 + 0.75 * len(s) / mean))
        for s in held
    ]
    assert ranked.words.scores.tolist() == pytest.approx(wanted)


def test_new_meetings_are_found_before_and_after_the_index_is_folded_together(
    tmp_path: Path,
) -> None:
    """The tail of the index counts as much as its sorted part."""
    store.load(tmp_path, [b.done(f"m{n:02d}") for n in range(30)])
    store.load(tmp_path, [b.done("late")])
    with open_reader(tmp_path) as reader:
        tail = reader.con.sql("SELECT count(*) FROM store.posting_new").fetchone()
        late = search(reader, "bins", filters=Filters(meeting="late")).hits
        every = search(reader, "bins", k=100).hits
    assert tail is not None
    assert tail[0] > 0
    assert (len(late), len(every)) == (1, 31)


def test_searching_for_words_needs_no_model(home: Path) -> None:
    """Nor is one imported."""
    code = (
        "import sys; from pathlib import Path; from warehouse.reader import open_reader; "
        "from warehouse.search import search\n"
        f"with open_reader(Path({str(home)!r})) as r: search(r, 'bins')\n"
        "print([m for m in ('torch', 'sentence_transformers', 'prefect') "
        "if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout == "[]\n"


def test_a_committee_may_be_given_by_an_unambiguous_part_of_its_title(reader: Reader) -> None:
    """As a speaker may; of a part that several have, the titles are told."""
    whole = texts(reader, 'committee:"Housing Select Committee" bins')
    assert whole
    assert texts(reader, "committee:housing bins") == whole
    with pytest.raises(BadInputError, match="may be Housing Select Committee or Safer Comm"):
        search(reader, "committee:committee bins")
    with pytest.raises(NotInArchiveError):
        search(reader, "committee:hous bins")


def test_whoever_a_question_names_in_small_letters_is_no_word_that_nobody_said(
    reader: Reader,
) -> None:
    """A surname where only a speaker's can stand is read as one."""
    asked = search(reader, "what did okoro say about the notice?")
    assert [h.person for h in asked.hits[:1]] == ["Dr Grace Okoro"]
    assert asked.not_said == ()
    assert search(reader, "what did okoro say?").not_said == ()


def test_days_the_wrong_way_round_are_refused(reader: Reader) -> None:
    """No meeting is after July and before June; nothing found would be no answer."""
    with pytest.raises(BadInputError, match="give the earlier day first"):
        search(reader, "bins from:2026-07-01 to:2026-06-01")


def test_what_was_said_with_a_colon_is_no_field_where_it_is_looked_for_again(
    tmp_path: Path,
) -> None:
    """The page of a recommendation looks for what followed it by its own words."""
    words = "I recommend note:this before the bins."
    said = b.transcript("june", [("V1", "1", words)])
    made = b.finding(said, "recommendation", words)
    store.load(tmp_path, [b.one_transcript(said, [made])])
    with open_reader(tmp_path) as opened:
        assert life_of(opened, made.id).recommendation.quote == words
