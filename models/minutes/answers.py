"""What an executive decided about a recommendation of scrutiny, from the words of its decision.

Only what names scrutiny counts: an officer's report has "recommendations" too, and agreeing those
answers nobody. "Noted" and "in principle" are states of their own and never taken for acceptance;
that a paper with the answers was approved tells nothing of what stands in it.
"""

from __future__ import annotations

import re

from models.minutes.kinds import decides
from models.minutes.rules import rules

ASKED_BY = re.compile(
    r"\b(?:[Ss]crutiny|(?:[A-Z][\w'’&-]+ (?:and |& )?){1,6}(?:Select Committee|Commission|Panel|"
    r"Scrutiny Board|Task and Finish Group|Working Group))\b"
)
OFFICERS = re.compile(
    r"\brecommendations?\b.{0,40}\b(?:in|of|set out in|contained in|at) (?:the |this )?"
    r"(?:[\w-]+ ){0,3}(?:report|paragraph|section|appendix)\b|\bofficers?['’]? recommendations?\b"
)
DECIDED = frozenset(("RESOLVED", "AGREED", "NOTED", "DECISION", "RECOMMENDED"))


def answer_of(wording: str, heading: str, around: str, committee: str) -> str:
    """A response state of ``transcripts/states.json``; empty where the words tell none.

    ``wording`` are a point's own words, ``around`` those that tell what its item is about.
    """
    if heading not in DECIDED or not decides(committee):
        return ""
    if not ASKED_BY.search(wording):
        if not ASKED_BY.search(around) or OFFICERS.search(wording):
            return ""
        if not re.search(r"\b(?:recommendation|referral|reference|proposal|views)", wording):
            return ""
    found = (r.value for r in rules("answers") if _holds(r.pattern, r.unless, wording))
    return next(found, "noted_only" if heading == "NOTED" else "")


def _holds(pattern: re.Pattern[str], unless: re.Pattern[str] | None, wording: str) -> bool:
    return bool(pattern.search(wording)) and not (unless and unless.search(wording))
