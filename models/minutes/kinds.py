"""Of what kind a point is: somebody outside is asked to act, the committee acts, or it only notes.

One list of a resolution holds all of them, so each point is judged by itself, with the words that
stand before the list.
"""

from __future__ import annotations

import re

from models.minutes.rules import rules

DECIDING = re.compile(
    r"\b(?:cabinet|executive|mayor|full council|planning|licensing)\b|council$", re.I
)
SCRUTINY = re.compile(r"\b(?:scrutiny|select|overview|commission|review)\b", re.IGNORECASE)
OWN_NAMES = re.compile(r"\b(?:the )?(?:Mayor and Cabinet|Cabinet|Executive)\b(?! Member)")
BODY = re.compile(r"\b(?:Board|Commission|Panel|Partnership|Authority|Forum)\b")
AFTER_THAT = re.compile(r"^([Tt]hat|THAT|[Tt]o)\s*[:–—-]+\s*")
ASIDE = re.compile(
    r"^([Tt]hat|THAT|[Tt]o),? [^,]{0,6}\b"
    r"(?:in|for|from|with|subject|pending|meanwhile)[^,]{3,60},\s"
)
DEFAULT = {
    "RECOMMENDED": "recommendation",
    "NOTED": "noting",
    "ACTION": "action",
    "LOST": "statement",
}
# what such a heading can still turn out to be
ALSO = {
    "RECOMMENDED": ("agreement of minutes", "procedure"),
    "NOTED": ("agreement of minutes", "procedure"),
    "ACTION": ("information request", "recommendation"),
    "LOST": ("procedure",),
}


def decides(committee: str) -> bool:
    """Whether a body decides for itself, as an executive or a council does."""
    return bool(DECIDING.search(committee)) and not SCRUTINY.search(committee)


def kind_of(wording: str, heading: str, committee: str = "") -> tuple[str, str]:
    """The kind of a point and the id of the rule that told it."""
    deciding = decides(committee)
    kind, rule = _by_rule(_ourselves(wording, committee, deciding), deciding)
    if heading not in DEFAULT:
        return kind or "statement", rule or "P.other"
    if kind in ALSO[heading]:
        return kind, rule
    return DEFAULT[heading], f"M.{heading.lower()}"


def _by_rule(wording: str, deciding: bool) -> tuple[str, str]:
    for rule in rules("kinds"):
        if rule.scrutiny and deciding:
            continue
        if rule.pattern.search(wording) and not (rule.unless and rule.unless.search(wording)):
            return rule.value, rule.id
    return "", ""


def _ourselves(wording: str, committee: str, deciding: bool) -> str:
    """The body's own name as "the Committee", so that it is not taken for somebody it asks."""
    wording = ASIDE.sub(r"\1 ", AFTER_THAT.sub(r"\1 ", wording))
    for name in filter(None, (committee, "Board", *BODY.findall(committee))):
        wording = re.sub(rf"\b[Tt]he {re.escape(name)}\b(?! Member)", "the Committee", wording)
    return OWN_NAMES.sub("the Committee", wording) if deciding else wording
