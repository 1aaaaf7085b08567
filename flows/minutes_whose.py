"""Whose minutes a document is: two committees may meet on one evening."""

from __future__ import annotations

import re

from matters_arising.errors import BadInputError
from transcripts.meeting import Meeting

SMALL = r"(?:and|of|for|the|&|in|on|to)"
BODY = re.compile(
    rf"((?:[A-Z][\w'’&,-]*\s+(?:{SMALL}\s+)*)+"
    r"(?:Sub-?Committee|Committee|Commission|Panel|Board|Forum)\b)"
)
IN_CAPITALS = re.compile(r"\b[A-Z][A-Z'’&-]+\b")
# what tells no committee from another
GENERAL = frozenset(
    "the of a an and for to in on at minutes agenda draft meeting council scrutiny overview select "
    "standing committee subcommittee sub commission panel board forum joint".split()
)


def check_body(head: str, meeting: Meeting, name: str) -> None:
    """BadInputError where the beginning of a document names another committee, and not this one.

    One that names none cannot be told, and is taken at the word of whoever gives it.
    """
    own = f"{meeting.committee} {meeting.title} {meeting.committee_code}"
    council = _words(meeting.council)
    told = {body: _words(body) - council for body in bodies(head)}
    telling = {body: words for body, words in told.items() if words}
    ours = _words(own) - council
    by_code = meeting.committee_code and meeting.committee_code in head.split()
    if not telling or not ours or by_code or any(words & ours for words in telling.values()):
        return
    other = next(iter(telling))
    raise BadInputError(
        f"{name} is of the {other}, and the meeting {meeting.id} is of the {meeting.committee}: "
        "name the right meeting, or give --any-day where the document has it wrong"
    )


def bodies(head: str) -> list[str]:
    """The committees named in a text, also in capitals, without what stands before their names."""
    plain = IN_CAPITALS.sub(_as_a_name, head)
    found = [" ".join(name.split()) for name in BODY.findall(plain)]
    return [re.sub(rf"^(?:(?:Minutes|Agenda|Draft|Meeting|The|{SMALL})\s+)+", "", n, flags=re.I)
            for n in found]  # fmt: skip


def _as_a_name(found: re.Match[str]) -> str:
    """``OF`` as ``of`` and ``PLANNING`` as ``Planning``."""
    word = found[0].lower()
    return word if re.fullmatch(SMALL, word) else "-".join(p.capitalize() for p in word.split("-"))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - GENERAL
