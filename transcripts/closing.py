"""How far a resolution that excludes the public reaches, and whether it is one at all.

For speech and for minutes alike: whoever finds the words that may exclude the public asks here
whether they are meant, and which of the words after them are still the resolution itself and the
agreeing to it. Where that is in doubt the words are cut: a sentence too few in the record can be
looked up elsewhere, one too many cannot be taken back from who has read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Span = tuple[int, int]  # indices of words, the end exclusive

STOPS = ".!?;…"
MARKS = STOPS + ",:–—"
FAR = 180  # characters before the words in which the mark is looked for that begins their sentence
NEAR = 60  # what counts of them where there is none
REACH = 25  # words after them in which the mark that ends their clause is looked for
LOOK_ON = 8  # words after them, the least in which a motion may be said to be lost
NO = re.compile(
    r"\b(?:no|not|nothing|never|any|without|unnecessary|cannot|\w+n't|against|oppos\w+|reject\w*|"
    r"refus\w+|would|might|may|should)\b"
)
IF = re.compile(r"\b(?:if|unless|whether|in case|in the event|when we (?:get|come|reach))\b")
# what holds a "no", an "if" or a "would" and takes nothing back
POLITE = re.compile(
    r"\bif (?:there(?: are| is|'s) no(?:thing)?\b|no ?(?:one|body)\b|(?:i|we) (?:may|can|could)\b|"
    r"(?:that|it)(?: is|'s) (?:ok|okay|agreed|all right|alright|acceptable)\b|"
    r"(?:members|everyone|everybody|you|colleagues|we|councillors)(?: are| is|'re)(?: all)? "
    r"(?:happy|content|agreed|in agreement|minded|ready)\b)"
    r"|\b(?:no|any|without)(?: (?:further|more|other|any))* (?:questions?|comments?|declarations?|"
    r"apologies|objections?|dissent|speakers?|debate|discussion|amendments?|hands|ado|delay|points?)\b"
    r"|\bif (?:members of )?the (?:press|public)(?: and (?:the )?(?:press|public))? (?:were|are)\b"
    r"|\bwould (?:be|involve|lead to|result in)(?: the)?(?: likely)? disclosure\b"
    r"|\bi would (?!have\b|need\b|only\b|not\b|never\b)|\b(?:may|might) (?:i|we)\b(?! have)"
)
# where somebody sets to it: what was said before is not about it
BEGINS = re.compile(
    r"\b(?:i|we|it is|it was|can i|could i)(?:'d|'ll)?(?: (?:would|now|therefore|then|formally|"
    r"hereby|like|to|just|also|will|shall|so|please))* "
    r"(?:mov|propos|resolv|agree|ask|recommend)(?:e|es|ed|d|ing)?\b"
)
LOST = re.compile(
    r"\b(?:is|was|were|been|motion|proposal|and|which) (?:\w+ )?"
    r"(?:lost|defeated|rejected|withdrawn|voted down)\b"
    r"|\b(?:is|was|were|been) not (?:\w+ )?"
    r"(?:carried|agreed|seconded|passed|supported|needed|necessary|required|approved)\b"
    r"|\b(?:motion|proposal|it|that|which|vote) (?:fell|falls|failed)\b"
)
# of these alone nothing can be told but the resolution, its grounds and the agreeing to it
FORMULA = frozenset(
    """
    a act against agree agreed agreeing all and any are as aye ayes be because business by can
    carried chair chairman colleagues committee confidential consideration content councillors
    defined disclosure during eight everyone excluded exempt falls favour fell five following for
    four from further government grounds hands happy have i in information into involve involves
    is it item items leave likely local lost madam may meeting members motion move moved much nine
    none not now of okay on one our paragraph paragraphs part please press private proposed public
    put resolution resolved remainder remaining rest right say schedule second seconded seconder
    section session seven show six take taken ten thank thanks that the their them then there
    therefore they this those three to today tonight two under unanimous unanimously us vote was
    we well which will with yes you your abstention abstentions abstained abstain accordance
    withdrawn defeated rejected passed needed necessary
    """.split()
)
NUMBER = re.compile(r"\d{1,2}[a-z]?|100a\w{0,3}|12a|1972")


def plain(word: str) -> str:
    """A word as patterns see it: small letters, figures and apostrophes."""
    return re.sub(r"[^\w'-]", "", word.lower().replace("’", "'"))


def spans(words: Sequence[str], found: Callable[[str], Sequence[re.Match[str]]]) -> list[Span]:
    """Where the matches in the plain text of words stand, as indices of the words."""
    text, starts = "", list[int]()
    for word in words:
        starts.append(len(text))
        text += f"{plain(word)} " if plain(word) else ""  # a dash by itself
    return [
        (sum(s <= m.start() for s in starts) - 1, sum(s < m.end() for s in starts))
        for m in found(text)
    ]


def public_until(words: Sequence[str], at: Span, marks: str = MARKS) -> int | None:
    """The index of the first word that is no longer public; None where nothing is excluded.

    ``at`` are the words that may exclude the public, ``marks`` what ends the clause they stand in.
    """
    first, last = at
    end = _end(words, last, marks)
    clause = max(_after_mark(words, first, MARKS), _set_to_it(words, at))
    sentence = _after_mark(words, first, STOPS)
    if NO.search(_text(words[clause:last])) or IF.search(_text(words[sentence:last])):
        return None
    ahead = max(end, min(_next_mark(words, last, STOPS), last + LOOK_ON))
    return None if LOST.search(_text(words[last:ahead])) else end


def public_from(words: Sequence[str], at: Span, doubts: re.Pattern[str]) -> int | None:
    """The index of the first word that is public again; None where the words are in doubt.

    ``at`` are the words that may bring the public back.
    """
    first, last = at
    sentence = _text(words[_after_mark(words, first, STOPS) : _next_mark(words, last, MARKS)])
    if doubts.search(sentence):
        return None
    while first and not _marked(words[first - 1], MARKS) and plain(words[first - 1]) in FORMULA:
        first -= 1
    return first


def _end(words: Sequence[str], last: int, marks: str) -> int:
    """To the end of the clause, and of all that follows and is nothing but form."""
    end = _next_mark(words, last, marks)
    if end > last + REACH or not _marked(words[end - 1], marks):
        return last + _leading(words[last:])  # no punctuation to go by
    while end < len(words):
        clause = words[end : _next_mark(words, end + 1, MARKS)]
        if _leading(clause) < len(clause):
            break
        end += len(clause)
    return end


def _leading(words: Sequence[str]) -> int:
    """How many words from the first are nothing but form."""
    return next((n for n, word in enumerate(words) if not _is_form(word)), len(words))


def _is_form(word: str) -> bool:
    return plain(word) in FORMULA or (
        bool(NUMBER.fullmatch(plain(word))) and not re.search(r"[£$€%]", word)
    )


def _set_to_it(words: Sequence[str], at: Span) -> int:
    """Where the words begin with which somebody moves it; 0 where there are none."""
    start, last = _after_mark(words, at[0], STOPS), at[1]
    begun = [first for first, _ in spans(words[start:last], lambda t: list(BEGINS.finditer(t)))]
    return start + begun[-1] if begun else 0


def _after_mark(words: Sequence[str], at: int, marks: str) -> int:
    """The index after the last mark before a word; without one, a few words before it."""
    length, near = 0, 0
    for n in range(at, 0, -1):
        if _marked(words[n - 1], marks):
            return n
        length += len(words[n - 1]) + 1
        near = near or (n - 1 if length >= NEAR else 0)
        if length > FAR:
            return near
    return near


def _next_mark(words: Sequence[str], at: int, marks: str) -> int:
    """The index after the first word that ends with a mark, from the one before ``at`` on."""
    ends = (n + 1 for n in range(max(at - 1, 0), len(words)) if _marked(words[n], marks))
    return next(ends, len(words))


def _marked(word: str, marks: str) -> bool:
    return word.rstrip("\"')]”’").endswith(tuple(marks))


def _text(words: Sequence[str]) -> str:
    return POLITE.sub(" ", " ".join(map(plain, words)))
