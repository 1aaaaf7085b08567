"""Other spellings of a word that a council may have used: British, American, or simply right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Pairs of endings and cores that the two spellings differ in; each is tried both ways. What comes
# out and is no word is in no archive, so nothing is lost by trying.
_PAIRS = (
    (r"is(e|ed|es|er|ers|ing|ation|ations|ational)$", r"iz\1"),
    (r"ys(e|ed|es|er|ers|ing)$", r"yz\1"),
    (r"our(s|ed|ing|ful|able|ably|hood|hoods|ite|ites|less|ly)?$", r"or\1"),
    (r"([bt])re(s|d)?$", r"\1er\2"),
    (r"ogue(s)?$", r"og\1"),
    (r"([dcf])ence(s|less)?$", r"\1ense\2"),
    (r"ll(ed|ing|er|ers|or|ors)$", r"l\1"),
    (r"([lf])ulfil(s)?$", r"\1ulfill\2"),
    (r"amme(s)?$", r"am\1"),
    (r"([lkd])ge(ment|ments)$", r"\1g\2"),
)
_WORDS = (
    ("grey", "gray"), ("plough", "plow"), ("ageing", "aging"), ("mould", "mold"),
    ("mouldy", "moldy"), ("sceptical", "skeptical"), ("aluminium", "aluminum"),
    ("pyjamas", "pajamas"), ("artefact", "artifact"), ("artefacts", "artifacts"),
    ("mum", "mom"), ("mums", "moms"), ("maths", "math"), ("enquiry", "inquiry"),
    ("enquiries", "inquiries"), ("enrol", "enroll"), ("skilful", "skillful"),
    ("jewellery", "jewelry"), ("instalment", "installment"), ("instalments", "installments"),
    ("practise", "practice"), ("tyre", "tire"), ("tyres", "tires"), ("kerb", "curb"),
    ("kerbs", "curbs"), ("archaeology", "archeology"), ("paediatric", "pediatric"),
    ("encyclopaedia", "encyclopedia"), ("manoeuvre", "maneuver"), ("orthopaedic", "orthopedic"),
    ("haemorrhage", "hemorrhage"), ("anaesthetic", "anesthetic"), ("foetal", "fetal"),
)  # fmt: skip
_LIGATURES = (("ae", "æ"), ("oe", "œ"))
_NO_PENCE = ".00"
_OTHER = {**dict(_WORDS), **{b: a for a, b in _WORDS}}
_LEAST_MEANT = 4  # letters of a word that may be misspelt: shorter ones are one slip from dozens
_LEAST = 5  # letters of a word that the rules are tried on: "for" is not an American "four"


def _rules() -> Iterator[tuple[re.Pattern[str], str]]:
    for one, other in _PAIRS:
        yield re.compile(one), other
        yield re.compile(_as_pattern(other, one)), _as_template(one)


def _as_pattern(template: str, pattern: str) -> str:
    groups = re.findall(r"\([^)]*\)\??", pattern)
    for n, group in enumerate(groups, 1):
        template = template.replace(rf"\{n}", group)
    return template + ("$" if pattern.endswith("$") else "")


def _as_template(pattern: str) -> str:
    template, n = pattern.removesuffix("$"), 0
    while match := re.search(r"\([^)]*\)\??", template):
        n += 1
        template = template[: match.start()] + rf"\{n}" + template[match.end() :]
    return template


_RULES = tuple(_rules())


def across_the_water(word: str) -> tuple[str, ...]:
    """How the word may be written on the other side of the Atlantic; most are no words at all.

    A ligature is known by its two letters too, a sum with or without its pence where there are
    none.
    """
    found = [_OTHER[word]] if word in _OTHER else []
    for pattern, template in _RULES if len(word) >= _LEAST else ():
        if pattern.search(word):
            found.append(pattern.sub(partial(_expand, template=template), word))
    for two, one in _LIGATURES:
        found += [word.replace(two, one), word.replace(one, two)]
    if word.removesuffix(_NO_PENCE).isdigit():
        found.append(word.removesuffix(_NO_PENCE) if "." in word else word + _NO_PENCE)
    return tuple(w for w in dict.fromkeys(found) if w != word)


def _expand(match: re.Match[str], *, template: str) -> str:
    for n, group in enumerate(match.groups(), 1):
        template = template.replace(rf"\{n}", group or "")
    return template


def meant(word: str, heard: Sequence[str]) -> tuple[str, ...]:
    """The words heard that a word nobody said is a slip of the keyboard from, all equally near.

    A slip is a letter too many, too few, wrong, or two in the wrong order; two slips in words of
    eight letters or more. The first letter stands: people seldom miss it.
    """
    if len(word) < _LEAST_MEANT or any(c.isdigit() for c in word):
        return ()
    slips = 2 if len(word) >= 8 else 1
    some = [w for w in heard if w[0] == word[0] and abs(len(w) - len(word)) <= slips]
    found = process.extract(word, some, scorer=OSA.distance, score_cutoff=slips, limit=None)
    if not found:
        return ()
    least = min(distance for _, distance, _ in found)
    return tuple(w for w, distance, _ in found if distance == least)
