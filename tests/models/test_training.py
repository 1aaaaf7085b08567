"""Training: labels find their words again, mishearing keeps its places, a small fit learns."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matters_arising.errors import BadInputError
from models.findings.classifier import Classifier
from models.findings.features import Place, levels
from models.findings.network import LABELS, MARKS
from models.findings.patterns import FINDING_FILES, load
from models.findings.weights import stacked, trained
from models.training.agreement import agreement
from models.training.corpora import committees, invented, series
from models.training.degrade import Mishearing
from models.training.fit_network import Recipe, fit
from models.training.fitting import best_threshold, calibrate
from models.training.judging import unseen
from models.training.labelled import Labelled, meetings_in_folds, read_labelled
from models.training.material import labels_folder
from models.training.standoff import as_line, at_positions, in_words, join, words_by_meeting

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "findings"
INVENTED = labels_folder().parent / "invented"
LINE = re.compile(
    r"\w+_\w+:\d+:\d+\t[CRFAD+]*\t(?:(?:C|R|to|by|if|who|what|whose)=\d+-\d+ ?)*"
    r"|\w+_\w+\t\d+\t[0-9a-f]{16}"
)
SAID = "Residents fear the lift, so the landlord should mend it by Friday."


def sentence(text: str, name: str = "m:1:0") -> Labelled:
    meeting, turn, number = name.split(":")
    return Labelled(
        id=name, place=Place(meeting, int(turn), "V1"), sentence=int(number), text=text, reader=1
    )


def test_labels_written_as_positions_come_back_as_the_same_words() -> None:
    labelled = in_words(
        sentence(SAID), "C+R", "mend it || the lift", "to=the landlord ;; by=by Friday"
    )

    name, letters, positions = as_line(labelled).split("\t")

    assert at_positions(sentence(SAID), letters, positions) == labelled
    assert "landlord" not in as_line(labelled)
    assert name == "m:1:0"


def test_a_label_whose_words_do_not_stand_in_the_sentence_is_refused() -> None:
    wrong = in_words(sentence(SAID), "C", "the stairs", "")

    with pytest.raises(BadInputError, match="m:1:0: 'the stairs' does not stand in it"):
        as_line(wrong)


def labels(folder: Path, *sentences: Labelled) -> Path:
    rows = words_by_meeting(sentences)
    (folder / "read.tsv").write_text("".join(f"{m}\t{n}\t{h}\n" for m, (n, h) in rows.items()))
    (folder / "labels-m.tsv").write_text("m:1:0\tC\tC=0-14\n")
    return folder


def test_sentences_of_a_read_meeting_without_a_line_took_no_label(tmp_path: Path) -> None:
    read = [sentence(SAID), sentence("Thank you.", "m:1:1")]

    first, second = join([*read, sentence("Unread.", "n:1:0")], labels(tmp_path, *read))

    assert (first.labels, second.labels) == ({"C": "Residents fear"}, {})


def test_another_edition_of_the_words_is_noticed(tmp_path: Path) -> None:
    folder = labels(tmp_path, sentence(SAID))

    with pytest.raises(BadInputError, match="meeting m does not hold the words"):
        join([sentence(SAID + " Or Saturday.")], folder)


def test_what_was_heard_knows_the_words_that_were_spoken() -> None:
    mishearing = Mishearing([SAID] * 3)

    (exact,) = mishearing.degrade([SAID], seed=1, touched=0.0)
    (heard,) = mishearing.degrade([SAID], seed=1, touched=0.9)

    start = exact.text.index("landlord")
    assert SAID[slice(*exact.source(start, start + 8))] == "landlord"
    assert heard.text != exact.text
    assert len(heard.text.split(" ")) == len(heard.spoken)
    assert all(0 <= a <= b <= len(SAID) for a, b in heard.spoken)


def test_the_same_seed_mishears_alike_and_another_does_not() -> None:
    mishearing = Mishearing([SAID] * 3)

    first, again, other = (
        mishearing.degrade([SAID] * 5, seed=s, touched=0.5)[4].text for s in (1, 1, 2)
    )

    assert first == again != other


def test_folds_deal_each_family_out_and_leave_no_meeting_behind() -> None:
    names = [f"a_{n}" for n in range(7)] + [f"b_{n}" for n in range(5)]
    told = [sentence("x", f"{n}:1:{i}") for n in names for i in range(3)]

    folds = meetings_in_folds(told, 4)

    assert sorted(folds) == sorted(names)
    for family, least in (("a", 1), ("b", 1)):
        dealt = np.bincount([f for m, f in folds.items() if m.startswith(family)], minlength=4)
        assert dealt.min() >= least
        assert dealt.max() <= 2


def test_meetings_of_the_unseen_part_are_never_opened(tmp_path: Path) -> None:
    turns = [
        {"meeting": m, "turn": 0, "speaker": "S", "sentences": ["One.", "Two."]}
        for m in ("covid_1", "covid_2", "education_4", "education_5")
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(t) + "\n" for t in turns))

    read = {s.place.meeting for s in committees(corpus, [])}

    assert read == {"covid_1", "education_5"}


def test_a_turn_read_by_the_benchmark_in_part_gives_only_the_rest(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    turn = {"meeting": "covid_1", "turn": 7, "speaker": "S", "sentences": ["One.", "Two."]}
    corpus.write_text(json.dumps(turn) + "\n")
    known = sentence("One.", "covid_1:7:0")

    assert [s.id for s in committees(corpus, [known])] == ["covid_1:7:1"]
    assert list(committees(corpus, [replace(known, text="One. Two.")])) == []


def test_meetings_kept_for_measuring_are_not_trained_on(tmp_path: Path) -> None:
    for number in range(1, 6):
        told = {"turns": [{"i": 0, "speaker": "A", "text": "So. Agreed?"}]}
        (tmp_path / f"meeting-{number}.json").write_text(json.dumps(told))

    assert [s.id for s in series(tmp_path)] == [
        f"series_{n}:0:{i}" for n in (1, 2, 4) for i in (0, 1)
    ]


def test_every_label_of_the_invented_meetings_stands_in_its_sentence() -> None:
    read = list(invented(INVENTED))

    assert len(read) == 3724
    for s in read:
        words = [w for w in (*s.labels.values(), *s.slots.values()) if w]
        assert all(w in s.text for w in words), s.id


def test_no_word_of_the_meetings_that_were_read_is_in_the_labels() -> None:
    for path in labels_folder().glob("*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert LINE.fullmatch(line), line


@pytest.mark.skipif(not BENCH.is_dir(), reason="the findings benchmark is not on this machine")
def test_the_sentences_read_twice_are_enough_and_agree() -> None:
    known = {s.id: frozenset(s.labels) for s in read_labelled(BENCH)}

    told = agreement(labels_folder(), known)

    assert [told[k]["sentences"] for k in told] == [750, 950]
    assert all(f > 0.8 for figures in told.values() for f in figures.values() if f is not None)


@pytest.fixture(scope="module")
def few() -> list[Labelled]:
    return list(invented(INVENTED))[:120]


@pytest.mark.long
def test_the_same_seed_fits_the_same_network_and_another_does_not(few: list[Labelled]) -> None:
    recipe = Recipe(passes=1, threads=1)

    first, again, other = (
        trained(fit(few, replace(recipe, seed=seed)))["label.weight"] for seed in (1, 1, 2)
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.long
def test_a_network_learns_what_it_is_shown(few: list[Labelled]) -> None:
    network = fit(few, Recipe(passes=10, batch=2, heard=0.0, mean_over=0.9, threads=1))
    header = {
        "labels": LABELS,
        "marks": MARKS,
        "rank": 32,
        "patterns": [p.id for p in load(FINDING_FILES)],
        "pattern_kinds": [[[0, 0, 0]] * len(LABELS) for _ in load(FINDING_FILES)],
        "folds": {},
    }
    typical = {"typical": np.full(len(LABELS), 0.1)}
    told = unseen(Classifier({**stacked([trained(network)]), **typical}, header), few)

    for column in range(3):  # of F, A and D too few are shown to be learnt
        has = told.truth[:, column] > 0
        if has.sum() >= 5:
            logits = told.logits[:, column]
            assert logits[has].mean() > logits[~has].mean() + 0.4


def test_calibration_gives_probabilities_that_come_true() -> None:
    draw = np.random.default_rng(3)
    logits = draw.normal(size=4000)
    truth = (draw.random(4000) < 1 / (1 + np.exp(-(2 * logits - 1)))).astype(float)

    weights, bias = calibrate(logits[:, None], truth)

    assert weights[0] == pytest.approx(2, abs=0.25)
    assert bias == pytest.approx(-1, abs=0.2)


def test_of_thresholds_that_are_about_as_good_the_middle_one_is_taken() -> None:
    truth = np.array([1, 1, 0, 1, 0, 0])
    chances = np.array([0.9, 0.8, 0.6, 0.5, 0.2, 0.1])

    assert best_threshold(truth, chances) == pytest.approx(0.35)


def test_a_meeting_full_of_a_label_has_a_higher_level_and_a_short_one_a_typical_one() -> None:
    logits = np.array([[3.0]] * 200 + [[-3.0]] * 200 + [[3.0]], dtype=np.float32)
    names = ["full"] * 200 + ["quiet"] * 200 + ["short"]

    full, quiet, short = levels(logits, names, np.array([0.1]))[[0, 200, 400], 0]

    assert full > short > quiet
    assert short == pytest.approx(np.log(0.1), abs=0.2)
