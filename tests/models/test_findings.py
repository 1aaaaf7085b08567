"""Findings: quotes that stand in the transcript, near-misses left alone, outcomes told."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.findings import SentenceFindings, findings_engine
from models.findings.addressee import addressee
from models.findings.classifier import load_classifier
from models.findings.dates import due_date
from models.findings.marked import Marked
from models.findings.patterns import FINDING_FILES, Patterns, load
from models.findings.quotes import quote, quoted
from models.sentences import by_stops
from models.training.degrade import Mishearing
from models.vectors import MiniLM
from transcripts.finding import Finding
from transcripts.words import Sentence

ROOT = Path(__file__).resolve().parents[2]
MEETINGS = sorted((ROOT / "samples" / "aldermere").glob("*/truth.json"))
DAY = date(2026, 6, 11)


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="module")
def find(minilm: MiniLM) -> Callable[..., list[Finding]]:
    finder = SentenceFindings(DAY)

    def found(sentences: Sequence[Sentence]) -> list[Finding]:
        return finder.find("sound", sentences, minilm.encode([s.text for s in sentences]))

    return found


def talk(*turns: tuple[str, str], item: str = "2") -> list[Sentence]:
    """Sentences of turns given as (voice, text), each sentence a second long."""
    made: list[Sentence] = []
    for turn, (voice, text) in enumerate(turns):
        words = text.split()
        for a, b in itertools.pairwise([0, *by_stops(words), len(words)]):
            at = float(len(made))
            name = f"u{turn}"
            made.append(
                Sentence(f"{name}/{a}", name, voice, " ".join(words[a:b]), at, at + 1, item)
            )
    return made


def of_kind(findings: Sequence[Finding], kind: str) -> list[Finding]:
    return [f for f in findings if f.kind == kind]


NOTICE = talk(
    (
        "V1",
        "Can I ask about notice? The residents were never told, and that worries me a great deal.",
    ),
    ("V2", "I would like to recommend that the police give every councillor seven days notice."),
    ("V3", "I will second that."),
    ("V1", "Thank you. Are we agreed?"),
    ("V2", "Agreed."),
    ("V4", "I will send members the dates by the end of June."),
)


def test_a_meeting_of_every_kind_of_words_gives_its_findings_in_order(
    find: Callable[..., list[Finding]],
) -> None:
    kinds = [f.kind for f in find(NOTICE)]

    assert kinds == ["concern", "recommendation", "decision", "decision", "undertaking"]


def test_every_quote_stands_in_its_sentence_and_every_finding_says_what_made_it(
    find: Callable[..., list[Finding]],
) -> None:
    by_id = {s.id: s for s in NOTICE}

    found = find(NOTICE)

    assert all(f.quote in by_id[f.sentence_id].text for f in found)
    assert all(f.rules or f.score is not None for f in found)


def test_an_agreed_recommendation_carries_action_addressee_and_outcome(
    find: Callable[..., list[Finding]],
) -> None:
    (made,) = of_kind(find(NOTICE), "recommendation")

    assert (made.quote, made.addressee, made.agreed) == (
        "the police give every councillor seven days notice",
        "police",
        True,
    )
    assert made.action == "give every councillor seven days notice"


def test_an_undertaking_carries_its_date_only_where_the_day_of_the_meeting_is_known(
    minilm: MiniLM, find: Callable[..., list[Finding]]
) -> None:
    vectors = minilm.encode([s.text for s in NOTICE])

    dated = of_kind(find(NOTICE), "undertaking")
    undated = of_kind(SentenceFindings().find("sound", NOTICE, vectors), "undertaking")

    assert [f.due for f in (*dated, *undated)] == ["2026-06-30", ""]


@pytest.mark.parametrize(
    ("turns", "agreed"),
    [
        ([("V3", "I withdraw it, chair.")], False),
        ([("V1", "Is there a seconder? No. Then it falls.")], False),
        ([("V1", "All those in favour? That is everybody.")], True),
        ([("V1", "Thank you. Who is next?")], None),
    ],
)
def test_what_follows_tells_whether_a_recommendation_was_agreed(
    find: Callable[..., list[Finding]], turns: list[tuple[str, str]], agreed: bool | None
) -> None:
    moved = ("V3", "I propose that the council buys a heater for every flat with damp.")

    made = of_kind(find(talk(moved, *turns)), "recommendation")

    assert [f.agreed for f in made] == [agreed]


def test_an_outcome_of_the_next_item_is_not_taken_for_this_one(
    find: Callable[..., list[Finding]],
) -> None:
    moved = talk(("V3", "I propose that the council buys a heater for every flat."), item="2")
    later = talk(("V1", "Is the work programme agreed? Agreed."), item="3")
    shifted = [
        Sentence(f"x{s.id}", f"x{s.utterance_id}", s.voice, s.text, s.start_s + 9, s.end_s + 9, "3")
        for s in later
    ]

    made = of_kind(find([*moved, *shifted]), "recommendation")

    assert [f.agreed for f in made] == [None]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("As far as the numbers are concerned, we have had two.", "concern"),
        ("I have no concerns about the way that is done.", "concern"),
        ("The report recommends that members note the position.", "recommendation"),
        ("Members are recommended to note the report.", "recommendation"),
        ("I should say that the office is open on Saturdays.", "recommendation"),
        ("I will keep it short.", "undertaking"),
        ("We had agreed that last year with the contractor.", "decision"),
    ],
)
def test_near_misses_are_left_alone(
    find: Callable[..., list[Finding]], said: str, kind: str
) -> None:
    assert of_kind(find(talk(("V1", said))), kind) == []


def test_the_same_words_give_the_same_findings_and_ids(find: Callable[..., list[Finding]]) -> None:
    assert find(NOTICE) == find(NOTICE)


def test_no_sentences_give_no_findings() -> None:
    assert SentenceFindings().find("sound", [], np.zeros((0, 384), dtype=np.float32)) == []


@pytest.mark.parametrize(
    ("letter", "said", "quoted"),
    [
        ("R", "So I would urge the council to publish the figures, please.", "publish the figures"),
        ("R", "i would urge the council to publish the figures", "publish the figures"),
        (
            "C",
            "I'm concerned that nobody answers the telephone.",
            "nobody answers the telephone",
        ),
        ("A", "Yes, chair, I will write to you.", "I will write to you"),
        ("D", "Agreed.", "Agreed."),
    ],
)
def test_a_quote_leaves_out_what_only_leads_in(letter: str, said: str, quoted: str) -> None:
    assert quote(letter, said, Patterns().match(said)) == quoted


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("by the end of June", "2026-06-30"),
        ("before the thirty-first of March", "2027-03-31"),
        ("by 1 September 2026", "2026-09-01"),
        ("by Monday", "2026-06-15"),
        ("by the end of next week", "2026-06-19"),
        ("I will ring you tomorrow", "2026-06-12"),
        ("back to us at the July meeting", "2026-07-16"),
        ("within a fortnight", "2026-06-25"),
        ("within seven days of each deployment", ""),
        ("it may happen some day", ""),
        ("by the thirtieth of february", ""),
    ],
)
def test_dates_are_told_from_the_day_of_the_meeting(said: str, due: str) -> None:
    assert due_date(said, DAY, [DAY, date(2026, 7, 16)]) == due


@pytest.mark.parametrize(
    ("said", "office"),
    [
        ("we ask the cabinet to pay for a review by the university", "cabinet"),
        ("that goes to the cabinet member for housing", "cabinet member for housing"),
        (
            "this committee recommends that the director of housing gives a name",
            "director of housing",
        ),
        ("one monitor outside the gate", ""),
    ],
)
def test_the_addressee_is_the_office_asked_to_act(said: str, office: str) -> None:
    assert addressee(said) == office


def test_a_motion_put_only_by_the_chair_is_one_record_with_its_proposer(minilm: MiniLM) -> None:
    said = talk(
        ("Quill", "One machine that takes coins, in each car park."),
        ("Chair", "One machine for coins in every council car park, by the first of July. Agreed?"),
        ("Pellow", "Agreed."),
    )

    vectors = minilm.encode([s.text for s in said])
    motions = SentenceFindings(DAY).understand("sound", said, vectors, chair="Chair").motions

    told = [(m.proposer, m.outcome, m.due) for m in motions]
    assert told == [("Quill", "agreed", "2026-07-01")]
    assert [a.kind for a in motions[0].acts] == ["floated", "reworded", "agreed"]


def test_the_artefact_knows_only_patterns_that_exist_and_holds_no_text() -> None:
    header = load_classifier().header

    assert set(header["patterns"]) <= {p.id for p in load(FINDING_FILES)}
    assert findings_engine().model_sha256
    assert len(json.dumps(header["training"])) < 500


def truth_of(path: Path, *, bare: bool, wrong: bool) -> tuple[dict[str, Any], list[Sentence]]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    turns = [(t["speaker"], t["text"], t["item"], t["i"]) for t in truth["turns"]]
    made = []
    for speaker, text, item, number in turns:
        for s in talk((speaker, text), item=item):
            said = re.sub(r"[^a-z0-9' ]", "", s.text.lower()) if bare else s.text
            at = float(len(made))
            made.append(Sentence(f"{number}/{at}", f"{number}", speaker, said, at, at + 1, item))
    if wrong:
        texts = [s.text for s in made]
        heard = [h.text for h in Mishearing(texts).degrade(texts, seed=7)]
        made = [
            Sentence(s.id, s.utterance_id, s.voice, t, s.start_s, s.end_s, s.item)
            for s, t in zip(made, heard, strict=True)
        ]
    return truth, made


@pytest.mark.skipif(not MEETINGS, reason="the sample council is not in this checkout")
@pytest.mark.parametrize("path", MEETINGS, ids=lambda p: p.parent.name)
@pytest.mark.parametrize(("bare", "wrong"), [(False, False), (True, False), (True, True)])
def test_every_agreed_recommendation_of_the_sample_is_found_and_seen_to_be_agreed(
    find: Callable[..., list[Finding]], path: Path, bare: bool, wrong: bool
) -> None:
    truth, sentences = truth_of(path, bare=bare, wrong=wrong)
    wanted = [r for r in truth["recommendations"] if r["agreed"]]

    made = of_kind(find(sentences), "recommendation")

    taken = {int(f.utterance_id) for f in made if f.agreed}
    assert [r["id"] for r in wanted if not taken & set(r["turns"])] == []


def test_what_is_left_of_a_clause_opens_no_quotation() -> None:
    """A quotation does not begin with the comma that closed the words before it."""
    said = "The last time that van came, nobody told the members for the ward."
    marked = {"C": Marked(said.index(","), len(said), 0.9)}

    assert quoted("C", said, (), marked) == "nobody told the members for the ward"
