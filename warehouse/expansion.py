"""What else a part of a question may be called in the archive: spellings, short and long forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from warehouse import english, initials, nearness, postings, spelling, sql, sums, tokens
from warehouse.acronyms import Long, shapes, stemmed
from warehouse.language import Part
from warehouse.nearness import Way
from warehouse.postings import Said
from warehouse.verified import verified

MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How something asked for was read: ``what`` it was, in which ``words``, and ``how``.

    ``how``: ``also`` (searched for beside it), ``instead`` (nobody said what was asked),
    ``favoured`` (raised, not demanded), ``as a word`` (an operator that demands nothing) or
    ``together`` (too often said to be looked at: its words stand in one sentence).
    """

    what: str
    words: str
    value: str
    how: str


@dataclass(slots=True)
class Lookup:
    """Finds parts of a question in one archive; remembers what it found for as long as it lives."""

    con: duckdb.DuckDBPyConnection
    all_versions: bool
    vocabulary: Mapping[str, tuple[Long, ...]]
    literal: bool = False
    put_right: bool = True  # a word that nobody said and that is a slip of one that was
    inside: Mapping[str, Sequence[str]] = field(default_factory=dict)  # ``with_apostrophes``
    readings: list[Reading] = field(default_factory=list)
    guessed: set[Part] = field(default_factory=set)  # that nobody said: what was meant is found
    in_one: set[Part] = field(default_factory=set)  # said in one word with its neighbours alone
    beside: dict[Part, Said] = field(default_factory=dict)  # what short forms of several words mean
    called: dict[Part, list[Way]] = field(default_factory=dict)  # what parts are called besides
    _terms: dict[int, Said] = field(default_factory=dict)
    _parts: dict[Part, Said] = field(default_factory=dict)

    def unread(self, part: Part) -> None:
        """Notes that a phrase, or nearness, was taken at the word of the index."""
        words = part.label.strip('"')
        note = Reading("phrase", words, words, "together")
        self.readings += [] if note in self.readings else [note]

    def word(self, word: str) -> Said:
        """The sentences that hold the word, in any of its forms."""
        term = tokens.term(word)
        if term not in self._terms:
            found = postings.said(self.con, term, all_versions=self.all_versions)
            self._terms[term] = found
        return self._terms[term]

    def part(self, part: Part) -> Said:
        """The sentences that hold a part, or what else it may be called."""
        if part not in self._parts:
            self._parts[part] = self._part(part)
        return self._parts[part]

    def _part(self, part: Part) -> Said:
        if part.near:
            return postings.all_of([self.part(unit) for unit in part.units])
        if part.prefix:
            return postings.any_of([self._begun(part.words), self._begun((part.compound,))])
        if len(part.words) > 1:
            return self._several(part)
        return self._single(part)

    def holds(self, part: Part) -> Callable[[str], bool]:
        """Tells whether a text holds a part; one of nearness by whatever its units are called."""
        if not part.near:
            return part.holds
        ways = [self._ways(unit) for unit in part.units]
        return lambda text: nearness.holds_near(text, ways, part.near)

    def _ways(self, unit: Part) -> list[Way]:
        self.part(unit)
        in_one = [(unit.compound,)] if unit.compound else []
        return [unit.words, *in_one, *self.called.get(unit, ())]

    def _several(self, part: Part) -> Said:
        """Words in a row, or what they stand for where they are a short form such as A&E."""
        longs = () if self.literal or part.spare else self._longs(" ".join(part.words))
        known = [(w, s) for w, s in longs if len(s)]
        self._note(part, known, "also")
        self.beside[part] = postings.any_of([s for _, s in known])
        return postings.any_of([self.written(part), self.beside[part]])

    def written(self, part: Part) -> Said:
        """The sentences that may hold several words as they are written, in a row or in one."""
        return postings.any_of([self.phrase(part.words), self._in_one(part)])

    def _begun(self, words: Sequence[str]) -> Said:
        """The sentences in which the words may follow one another, the last of them only begun."""
        *whole, beginning = words
        if not beginning:
            return postings.NOWHERE
        last = postings.begun(self.con, beginning, all_versions=self.all_versions)
        return postings.in_a_row([*map(self.word, whole), last])

    def _in_one(self, part: Part) -> Said:
        return self.word(part.compound) if part.compound else postings.NOWHERE

    def phrase(self, words: Sequence[str]) -> Said:
        """The sentences in which the words, in any of their forms, may follow one another."""
        return postings.in_a_row([self.word(w) for w in words])

    def _single(self, part: Part) -> Said:
        (word,) = part.words
        found = postings.any_of([self.word(word), *self._with_apostrophe(word)])
        self.called[part] = [tuple(tokens.words(w)) for w in self.inside.get(word, ())]
        if self.literal:
            return found
        if part.spare:
            return postings.any_of([found, *(said for _, said in self._shapes(word))])
        others = [(w, self.word(w)) for w in spelling.across_the_water(word)]
        others += self._stands_for(word)
        others += self._by_scale(word)
        others += [(w, said) for w, said in self._letter_by_letter(word) if len(said)]
        known = [(w, s) for w, s in others if len(s) and tokens.term(w) != tokens.term(word)]
        self._note(part, known, "also")
        if len(found) or known:
            return postings.any_of([found, *(s for _, s in known)])
        if len(self._in_one(part)):
            self.in_one.add(part)
            return found
        return self._meant(part) if self.put_right else found

    def _with_apostrophe(self, word: str) -> list[Said]:
        """Where ``obrien`` was said as O'Brien's, which the index knows by the apostrophe alone."""
        return [self.word(said) for said in self.inside.get(word, ())]

    def _stands_for(self, word: str) -> list[tuple[str, Said]]:
        """What a short form stands for; singular and plural are found by one another."""
        one = word if word in self.vocabulary else word.removesuffix("'s").removesuffix("s")
        return [*self._shapes(one), *self._longs(one)]

    def _longs(self, short: str) -> list[tuple[str, Said]]:
        return [(" ".join(long), self.phrase(long)) for long in self.vocabulary.get(short, ())]

    def _shapes(self, short: str) -> list[tuple[str, Said]]:
        """A short form alone and in the plural; of what is none, nothing."""
        return [(w, self.word(w)) for w in shapes(short)] if short in self.vocabulary else []

    def _by_scale(self, word: str) -> list[tuple[str, Said]]:
        """Where a round number was said by its scale, as 1.5 million."""
        ways = sums.other_ways(word)
        return [(" ".join(way), self.phrase(way)) for way in ways if len(self.word(way[-1]))]

    def _letter_by_letter(self, word: str) -> list[tuple[str, Said]]:
        """Where a short form was written with a stop or a space after each letter."""
        if not initials.may_be(word):
            return []
        first, *others = initials.rarest_first(word)
        found = self.word(first)
        for letter in others:
            found = postings.all_of([found, self.word(letter)]) if len(found) else found
        row = self.phrase(tuple(word)) if len(found) else found
        return [(".".join(word.upper()) + ".", verified(self.con, row, initials.holds(word)))]

    def _meant(self, part: Part) -> Said:
        """What a word was probably meant to be that nobody said."""
        (word,) = part.words
        heard = sql.run(self.con, "words_like", first=word[:1], length=len(word)).fetchall()
        likely = english.slip(word, spelling.meant(word, [str(w) for (w,) in heard]))
        found = sorted(((w, self.word(w)) for w in likely), key=lambda x: (-len(x[1]), x[0]))
        found = [(w, s) for w, s in found if len(s)][:MOST_MEANT]
        self.guessed.update([part] if found else ())
        self._note(part, found, "instead")
        return postings.any_of([s for _, s in found])

    def _note(self, part: Part, found: Iterable[tuple[str, Said]], how: str) -> None:
        named = [w for w, _ in found]
        self.called[part] = [*self.called.get(part, ()), *(tuple(tokens.words(w)) for w in named)]
        self.readings += [Reading("word", part.label, w, how) for w in named]

    def also_short(self, words: Sequence[str]) -> tuple[Part, ...]:
        """Short forms whose long form stands in the question, in whatever form of its words."""
        if self.literal:
            return ()
        text, asked = stemmed(tuple(words)), f" {' '.join(words)} "
        found = []
        for short, longs in self.vocabulary.items():
            long = next((long for long in longs if stemmed(long) in text), None)
            if long is None or any(f" {shape} " in asked for shape in shapes(short)):
                continue
            part = Part(short, tuple(short.split()), spare=True)
            if len(self.part(part)):
                self._note_short(part, " ".join(long))
                found.append(part)
        return tuple(found)

    def also_in_figures(self, words: Sequence[str]) -> tuple[Part, ...]:
        """Numbers that the question gives by their scale and somebody wrote in figures."""
        found = []
        for asked, figures in () if self.literal else sums.in_figures(words):
            part = Part(figures, (figures,), spare=True)
            if len(self.part(part)):
                self.readings.append(Reading("word", asked, figures, "also"))
                found.append(part)
        return tuple(found)

    def _note_short(self, part: Part, long: str) -> None:
        # only a sign ties the words of a short form, and of these only & is read as one
        value = "&".join(part.words).upper()
        self.readings.append(Reading("word", long, value, "also"))


def with_apostrophes(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Words with an apostrophe inside and 's at the end, by what they are without either."""
    found: dict[str, list[str]] = defaultdict(list)
    for (word,) in sql.run(con, "words_with_apostrophe").fetchall():
        found[word.replace("'", "").removesuffix("s")].append(str(word))
    return dict(found)
