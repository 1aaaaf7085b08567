"""Names that are never shown: those of members of the public, and those a decision withholds.

They are taken out before anything is stored, so that no view, search or export can bring them
back. A name in spoken words is replaced by ``[name withheld]``; everything around it stays as said.
Found are the full name, its aliases, and the surname after a title or an initial, whatever the
case, the accents and the spacing; a surname alone where nobody who may be named shares it and it is
never said in lower case, for then it is no other word. A first name alone is not.

Of members of the public on no roster the names are those that ``transcripts.public_names`` found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache
from hashlib import blake2b

from transcripts.meeting import Person

MASK = "[name withheld]"
TITLES = (
    "mr|mister|mrs|missus|missis|ms|miss|mx|dr|doctor|madam|sir|dame|lord|lady|rev|revd|reverend|"
    "prof|professor|councillor|cllr"
)
_TITLED = re.compile(rf"^(?:(?:the|{TITLES})\b\.?\s*)+")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case without accents, a character for a character, so that positions stay."""
    if text.isascii():  # nearly all of what is said, and a hundred times as fast
        return text.replace("`", "'").lower()
    return "".join(map(_base, text))


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    if character in "’‘ʼ`´":
        return "'"
    return unicodedata.normalize("NFKD", character)[0].casefold()[:1] or " "


def plain_name(name: str) -> str:
    """A name as it is compared: folded, without titles, one space between its words."""
    composed = unicodedata.normalize("NFC", name)
    return " ".join(WORD.findall(_TITLED.sub("", fold(composed).strip())))


def name_key(name: str) -> int:
    """A number that stands for a name in the file where the name itself must not lie."""
    return int.from_bytes(blake2b(plain_name(name).encode(), digest_size=8).digest(), "big")


class Masker:
    """Knows the names of one meeting that are not to be shown."""

    def __init__(
        self,
        people: Iterable[Person],
        withheld: Iterable[str] = (),
        said: Iterable[str] = (),
        spoken: Iterable[str] = (),
    ) -> None:
        """``said`` are the texts of the meeting, read only where there is a name to hide.

        ``spoken`` are surnames by which members of the public were addressed in it, and whole names
        by which they introduced themselves.
        """
        roster, spoken = tuple(people), {plain_name(n) for n in spoken}
        whole = {n for n in spoken if " " in n}
        public = [n for p in roster if p.kind == "public" for n in (p.name, *p.aliases)]
        self._public = frozenset(filter(None, map(plain_name, public)))
        self._withheld = frozenset(filter(None, map(plain_name, withheld)))
        self.used: set[str] = set()
        hidden = self._public | self._withheld | whole
        shown = {w for p in roster if plain_name(p.name) not in hidden for w in _words(p.name)}
        surnames = spoken - whole - shown
        alone = ({n.split()[-1] for n in hidden if " " in n} - shown) | surnames
        alone -= _lower_case(said) if alone else set()
        self.forms = sorted(_keys(hidden, surnames, alone))
        forms = [_pattern(name, alone=name.split()[-1] in alone) for name in sorted(hidden)]
        forms += [_addressed(name, alone=name in alone) for name in sorted(surnames)]
        self._pattern = re.compile("|".join(forms)) if forms else None

    @property
    def withheld(self) -> frozenset[str]:
        """The withheld names that were looked for; ``used`` are those that were met."""
        return self._withheld

    def is_public(self, name: str) -> bool:
        """Whether the roster has this name, or this alias, as a member of the public."""
        return plain_name(name) in self._public

    def is_withheld(self, name: str) -> bool:
        """Whether a decision withholds this name."""
        found = plain_name(name) in self._withheld
        self.used.update({plain_name(name)} if found else ())
        return found

    def text(self, text: str) -> str:
        """The text with every hidden name replaced."""
        return self.part(text, 0, len(text))

    def part(self, text: str, start: int, end: int) -> str:
        """What is left of ``text[start:end]``; a name cut by the edge is hidden whole."""
        out, at = [], start
        for a, b in self._spans(text):
            if b <= start or a >= end:
                continue
            out += [text[at : max(at, a)], MASK]
            at = b
        return "".join([*out, text[at:end]]) if at < end else "".join(out)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where hidden names stand in the text, start inclusive, end exclusive."""
        return self._spans(text)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self._pattern is None:
            return []
        if len(unicodedata.normalize("NFC", text)) != len(text):
            return self._decomposed_spans(text)
        spans = []
        for match in self._pattern.finditer(fold(text)):
            said = text[match.start() : match.end()]
            if WORD.fullmatch(said) and not said[0].isupper():
                continue  # one word counts only with its capital: "will" is no name
            spans.append(match.span())
            self._note(match.group())
        return spans

    def _decomposed_spans(self, text: str) -> list[tuple[int, int]]:
        """Accents written as characters of their own: hides the whole text if it holds a name."""
        composed = unicodedata.normalize("NFC", text)
        return [(0, len(text))] if self._spans(composed) else []

    def _note(self, found: str) -> None:
        surname = plain_name(found).rsplit(" ", 1)[-1]
        self.used.update(n for n in self._withheld if n.rsplit(" ", 1)[-1] == surname)


def _keys(
    hidden: Iterable[str], surnames: Iterable[str], alone: Container[str]
) -> set[tuple[int, int, bool, bool]]:
    """What is hidden, without the names: key, its words, whether it is hidden wherever it stands
    (a whole name, and the last two words or more of it), else whether it is hidden by itself."""
    parts = [n.split() for n in hidden]
    whole = {" ".join(words) for words in parts}
    whole |= {" ".join(words[n:]) for words in parts for n in range(1, len(words) - 1)}
    last = {words[-1] for words in parts if len(words) > 1} | set(surnames)
    out = {(name_key(name), len(name.split()), True, True) for name in whole}
    return out | {(name_key(name), 1, False, name in alone) for name in last}


def _addressed(surname: str, *, alone: bool) -> str:
    """A surname with a title before it, and by itself where it is no other word."""
    titled = rf"(?:{TITLES})\b[\s.,'\-]*{re.escape(surname)}"
    return rf"(?<!\w)(?:{titled}{'|' + re.escape(surname) if alone else ''})(?!\w)"


def _words(name: str) -> list[str]:
    return plain_name(name).split()


def _lower_case(said: Iterable[str]) -> set[str]:
    """The words that are said in lower case, folded: a name among them is also a word."""
    return {fold(w) for w in {w for text in said for w in WORD.findall(text)} if w.islower()}


def _pattern(name: str, *, alone: bool) -> str:
    """One hidden name as it may stand in folded text; ``alone``: also its surname by itself."""
    words = [re.escape(w) for w in name.split()]
    gap = r"[\s.,'\-]*"
    full = gap.join(words) if len(words) == 1 else r"[\s.'\-]+".join(words)
    forms = [full]
    if len(words) > 1:
        first, surname = words[0][0], words[-1]
        if len(words) > 2:
            surname = rf"(?:{gap.join(words[1:-1])}{gap})?{surname}"
        forms += [rf"(?:{TITLES})\b{gap}{surname}", rf"{first}\b{gap}{surname}"]
        forms += [surname] if alone else []  # a double one whole
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"
