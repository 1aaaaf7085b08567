"""Runs of words that look like a name, by where they stand: after a title, in an introduction.

Taken is the whole run. Where the words have no capitals, a run is at most two words long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

HONORIFICS = "mr|mister|mrs|missus|missis|ms|miss|mx|dr|doctor|madam"
NEVER = frozenset("chair chairman mayor speaker president vice deputy minister director".split())
TITLE = re.compile(rf"\b(?:{HONORIFICS})\b\.?", re.IGNORECASE)
SELF = rf"(?:\s+(?:{HONORIFICS})\b\.?)?"  # a title that people give themselves
CALLED = re.compile(rf"\b(?:my name(?: is|['’]s)|(?:i am|i['’]m) called)\b{SELF}", re.IGNORECASE)
I_AM = re.compile(rf"\b(?:i am|i['’]m)\b{SELF}", re.IGNORECASE)
WORD = re.compile(r"\s+([^\W\d_](?:\.|[\w'’-]*))")  # a full stop only after an initial
OWNS = re.compile(r"['’]s$")
MOST, MOST_UNCASED = 4, 2  # words of one name, particles aside
PARTICLES = frozenset(
    "da das de del della den der di do dos du al el bin bint ibn la le st ten ter van von y zu "
    "zur".split()
)
OFFICES = NEVER | frozenset(
    "cabinet cllr committee council councillor councillors head leader lead officer officers "
    "member members".split()
)
PLAIN = OFFICES | frozenset(
    "a about after again against all also always am an and any are as asked asks at away back bad "
    "be because been before being but by can come could did do does down each else ever every for "
    "from get give go good had has have he her here him his how i i'd i'll i'm i've if in into is "
    "it it's its just know last later less let like look made make many may maybe me mentioned "
    "might more most much must my never next no none not now of off ok okay on one only or our "
    "out over please put raised said same say says see shall she should so some still such take "
    "than thank thanks that that's the their them then there there's these they they're this "
    "those through to today told too two under until up us very was we we're we've well went were "
    "what when where which while who whose why will with would yes yet you you're you've your "
    "able afraid angry available aware certain clear confident conscious content cross done due "
    "everyone everybody fine glad grateful happy keen mindful new old opposed proud quite ready "
    "sad sick sorry sure unable unclear used wrong actually absolutely certainly clearly "
    "completely deeply especially extremely fairly fully genuinely hardly highly increasingly "
    "merely nearly obviously particularly personally probably really simply slightly totally "
    "truly".split()
)
VERB = re.compile(r"(?:ing|ed)$")
NO_VERBS = frozenset(
    "ahmed alfred browning downing fleming fred golding hamed harding jared keeling king manning "
    "mohamed mohammed muhammed reed wilfred".split()
)


def titled(text: str) -> list[Span]:
    """The names that stand after a title."""
    found = (_run(text, m.end(), careful=False) for m in TITLE.finditer(text))
    return [span for span in found if span]


def introduced(text: str) -> list[Span]:
    """The names by which somebody calls themselves."""
    called = (_run(text, m.end(), careful=False) for m in CALLED.finditer(text))
    # "I'm" leads to anything, so it takes two words, both of which look like no others
    am = (_run(text, m.end(), careful=True) for m in I_AM.finditer(text))
    whole = [s for s in am if s and len(own_words(name_at(text, s), initials=True)) > 1]
    return [span for span in called if span] + whole


def _run(text: str, at: int, *, careful: bool) -> Span | None:
    """The words from ``at`` that look like one name; particles only with a name behind them."""
    words = list(_words_from(text, at))
    real = [text[a:b] for a, b in words if text[a:b].lower() not in PARTICLES]
    cased = bool(real) and _cased(real[0])
    end, names = -1, 0
    for a, b in words:
        if (word := text[a:b]).lower() in PARTICLES:
            continue
        most = MOST if cased else MOST_UNCASED
        if names == most or not _like(word, cased=cased, careful=careful or names > 0):
            break
        end, names = b, names + 1
    if names:
        return words[0][0], end
    return words[0] if words and not careful and _alone(text[slice(*words[0])]) else None


def _alone(word: str) -> bool:
    """As "Le" in "Ms Le", where a particle is the name itself."""
    return word.istitle() and word.lower() in PARTICLES


def _words_from(text: str, at: int) -> Iterator[Span]:
    """Words with nothing but spaces between them, the last one without its possessive."""
    while match := WORD.match(text, at):
        word = OWNS.sub("", match.group(1)).rstrip("'’-")
        yield match.start(1), match.start(1) + len(word)
        if word != match.group(1):
            return
        at = match.end()


def _cased(word: str) -> bool:
    """Whether capitals tell names from other words here; in captions all in capitals none do."""
    return word[0].isupper() and (len(word) < 3 or not word.isupper())


def _like(word: str, *, cased: bool, careful: bool) -> bool:
    plain = word.lower().replace("’", "'")
    if cased:
        initial = len(plain.rstrip(".")) == 1 and word != "I"
        return word[0].isupper() and (initial or plain not in PLAIN)
    verb = careful and VERB.search(plain) and plain not in NO_VERBS
    return plain not in PLAIN and not verb


def name_at(text: str, span: Span) -> str:
    """The name of a run in small letters, one space between its words."""
    return " ".join(text[span[0] : span[1]].lower().split())


def own_words(name: str, *, initials: bool = False) -> list[str]:
    """The words of a name that tell whose it is: neither particles nor, unless wanted, initials."""
    words = name.split()
    own = [w for w in words if w not in PARTICLES and (initials or len(w.rstrip(".")) > 1)]
    return own or words
