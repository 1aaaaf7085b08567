"""Walks the paragraphs of an item and takes out what was resolved, with votes and movers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.minutes.lists import Told, inline, told_of
from models.minutes.rules import mark, rules
from transcripts.minutes_from.labels import bare, style, value
from transcripts.minutes_from.paper import Paragraph

PERSON = (
    r"((?:Councillors?|Cllrs?\.?|Alderman|Alderwoman|Baillie|Bailie|Provost|Mr|Mrs|Ms|Miss|Dr|The "
    r"Chair|the Chair|Chair)(?:\s+(?:[A-Z]\.\s?)*[A-Z][\w’'-]+){0,3})"
)
MOVED = re.compile(
    rf"(?i:\b(?:moved|proposed|mover|proposer))\W+(?:by\s+)?{PERSON}|{PERSON}\s+(?:moved|proposed)"
)
SECONDED = re.compile(rf"(?i:\b(?:seconded|seconder))\W+(?:by\s+)?{PERSON}|{PERSON}\s+seconded")
VOTE = re.compile(
    r"\(?(?:\b[Uu]nanimous(?:ly)?\b|\bUNANIMOUSLY\b|\bby \d+ votes? to \d+"
    r"(?:,? (?:with|and) \d+ abst\w+)?|"
    r"\b[Ff]or\s*[:–-]?\s*\(?\d+[^.)]*[Aa]gainst[^.)]*\d+[^.)]*|\bnem\.? con\.?|"
    r"\bon a (?:vote|show of hands) of \d+[^:;,.]*|"
    r"\b(?:[Vv]oting|[Vv]otes?)\s*[:–-]\s*[^.)]*\d[^.)]*)\)?"
)
LEADING = re.compile(r"^(?:[\s:;,.–—-]+|THAT\b)+")
IN_BRACKETS = re.compile(r"\((?:ACTION|Action)s?(?: (?:by|for))?\s*[:–-]\s*([^)]+)\)")
OPENS = re.compile(r"(?:[:–—-]|\b(?:to|that|That))$|^(?:[Tt]hat|[Tt]o)(?: [\w’' ]{1,80})?$")
NEW_POINT = re.compile(r"^(?:That|that|To|RECOMMEND)\b")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
MOTION = re.compile(r"\b(?:[Mm]otion|[Aa]mendment|[Pp]roposal|moved|proposed)\b")
LOOK_AHEAD = 3  # paragraphs in which a list may go on after words of its own


@dataclass(frozen=True, slots=True)
class Resolved:
    """One point with how it was come to."""

    heading: str
    told: Told
    vote: str = ""
    mover: str = ""
    seconder: str = ""


def resolved_in(paragraphs: Sequence[Paragraph]) -> list[Resolved]:
    """What was resolved in these paragraphs, in order."""
    out: list[Resolved] = []
    at = 0
    while at < len(paragraphs):
        text = paragraphs[at].text
        out += [*_bracketed(text)]
        if mark(text) == "officers":
            at = _past_list(paragraphs, at + 1)
            continue
        found = heading_in(text)
        if found is None:
            at += 1
            continue
        made, at = _resolution(paragraphs, at, *found)
        out += made
    return out


def heading_in(text: str) -> tuple[str, int, int] | None:
    """The heading of a decision in a paragraph and the characters it takes; None without one."""
    for rule in rules("headings"):
        for found in rule.pattern.finditer(text):
            if not (rule.unless and rule.unless.search(text[: found.start()])):
                return rule.value, found.start(), found.end()
    return None


def _resolution(
    paragraphs: Sequence[Paragraph], at: int, heading: str, start: int, end: int
) -> tuple[list[Resolved], int]:
    text = paragraphs[at].text
    before = text[:start]
    rest = LEADING.sub("", text[end:])
    listed = not rest and at + 1 < len(paragraphs) and bool(paragraphs[at + 1].label)
    if heading == "LOST" or (heading == "NOTED" and not listed):
        return [_whole(heading, paragraphs[at], paragraphs[:at], start)], at + 1
    vote, rest = _vote_at_head(rest)
    body, after, told = _body(paragraphs, at + 1, rest)
    lead, entries = _entries(rest, body)
    around = [p.text for p in paragraphs[max(0, at - 1) : at]] + [before, *told]
    base = Resolved(
        heading,
        Told("", "", "-"),
        vote or _vote([before, *told]),
        _who(MOVED, around),
        _who(SECONDED, around),
    )
    return [_with_vote(replace(base, told=t)) for t in told_of(lead, entries)], after


def _entries(rest: str, body: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """The words before the list, and the list, wherever it stands."""
    if body and (not rest or OPENS.search(rest)):
        return rest, body
    lead, entries = inline(rest)
    if entries:
        return lead, [*entries, *body]
    return "", [*([("", rest)] if rest else []), *body]


def _body(
    paragraphs: Sequence[Paragraph], at: int, rest: str
) -> tuple[list[tuple[str, str]], int, list[str]]:
    """The points in the paragraphs that follow, where they end, and lines that tell of the vote."""
    out: list[tuple[str, str]] = []
    told: list[str] = []
    last = rest
    while at < len(paragraphs):
        each = paragraphs[at]
        kind = mark(each.text)
        if kind in ("vote", "moved"):
            told.append(each.text)
            at += 1
            continue
        if kind or heading_in(each.text) or each.heading or _narrative(each, out, rest):
            break
        if each.label:
            out.append((each.label, each.text))
        elif not last or OPENS.search(last) or NEW_POINT.match(each.text):
            out.append(("", each.text))
        elif _unfinished(last, each.text) or _goes_on(paragraphs, at, out):
            if not out:
                break
            out[-1] = (out[-1][0], f"{out[-1][1]} {each.text}")
        else:
            break
        last = out[-1][1]
        at += 1
    return out, at, told


def _narrative(each: Paragraph, out: Sequence[tuple[str, str]], rest: str) -> bool:
    """A numbered paragraph of the discussion, which goes on after the list."""
    if not each.label:
        return False
    if style(each.label) == "dotted":
        whole = bare(each.label).split(".")[0]
        return not any(bare(label).split(".")[0] == whole for label, _ in out if label)
    # after a resolution that is whole, a number only goes on with a list that has begun
    begun = any(label for label, _ in out)
    whole_said = (rest and not OPENS.search(rest)) or (out and not begun)
    return bool(whole_said and not begun and not inline(rest)[1] and value_of(each.label) > 1)


def value_of(label: str) -> int:
    """The place that a list number says; 0 for a bullet."""
    return value(label, style(label))


def _unfinished(last: str, text: str) -> bool:
    return not last.rstrip().endswith((".", ";", ":", "?")) or text[:1].islower()


def _goes_on(paragraphs: Sequence[Paragraph], at: int, out: Sequence[tuple[str, str]]) -> bool:
    """Whether the list's next number comes soon: this paragraph then belongs to the last point."""
    label = next((label for label, _ in reversed(out) if label), "")
    if not label or style(label) in ("bullet", "dotted"):
        return False
    wanted = value_of(label) + 1
    for each in paragraphs[at + 1 : at + 1 + LOOK_AHEAD]:
        if heading_in(each.text) or each.heading:
            return False
        if each.label and style(each.label) == style(label):
            return value_of(each.label) == wanted
    return False


def _past_list(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Past what a report asked for: its list is not what was resolved."""
    while at < len(paragraphs):
        each = paragraphs[at]
        listed = each.label or NEW_POINT.match(each.text) or each.text[:1].islower()
        if heading_in(each.text) or not listed:
            return at
        at += 1
    return at


def _whole(heading: str, each: Paragraph, before: Sequence[Paragraph], at: int) -> Resolved:
    """The sentences that are themselves the point: "The amendment was LOST"."""
    around = [*(p.text for p in before[-1:]), each.text]
    return Resolved(
        heading,
        Told(bare(each.label), "", _sentences_to(each.text, at, heading)),
        _vote([each.text]),
        _who(MOVED, around),
        _who(SECONDED, around),
    )


def _sentences_to(text: str, at: int, heading: str) -> str:
    """The sentence that holds character ``at``, for a lost motion from where it was moved."""
    begins = [0, *(m.end() for m in SENTENCE.finditer(text))]
    ends = [*begins[1:], len(text)]
    last = max(n for n, begin in enumerate(begins) if begin <= at)
    first = last
    if heading == "LOST":
        moved = (n for n in range(last + 1) if MOTION.search(text[begins[n] : ends[n]]))
        first = next(moved, last)
    return text[begins[first] : ends[last]].strip()


def _bracketed(text: str) -> Iterator[Resolved]:
    """``(Action: role)`` at the end of a sentence: the sentence is what is to be done."""
    for found in IN_BRACKETS.finditer(text):
        before = text[: found.start()].rstrip()
        sentence = SENTENCE.split(before)[-1]
        yield Resolved("ACTION", Told("", "", f"{sentence} {found[0]}".strip()))


def _vote_at_head(rest: str) -> tuple[str, str]:
    found = VOTE.match(rest)
    if found is None:
        return "", rest
    return found[0].strip("() "), LEADING.sub("", rest[found.end() :])


def _with_vote(point: Resolved) -> Resolved:
    """A vote in brackets after the words belongs to it."""
    found = re.search(rf"\s*\((?:{VOTE.pattern})[^)]*\)?\W*$", point.told.text)
    if found is None or not found.start():
        return point
    told = replace(point.told, text=point.told.text[: found.start()].rstrip())
    return replace(point, told=told, vote=point.vote or found[0].strip("() ."))


def _vote(texts: Sequence[str]) -> str:
    return next((f[0].strip("() ,") for t in texts if (f := VOTE.search(t))), "")


def _who(pattern: re.Pattern[str], texts: Sequence[str]) -> str:
    for text in reversed(texts):
        if found := pattern.search(text):
            return next(g for g in found.groups() if g)
    return ""
