"""One line of the ledger: what somebody decided about what, when and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

REGISTER_KINDS = (
    "entry",  # a recommendation that came with somebody's tracker
    "refer",
    "respond",
    "progress",
    "link",
    "minuted",
    "correct",
    "withdraw",
    "close",
    "reopen",
    "contest",
    "merge",
    "split",
)
KEEPING_KINDS = ("hold", "redact", "expire", "purge")  # what may be kept of a meeting, and shown
KINDS = (
    *("speaker", "voice", "finding", "point", "withhold", "reference", "note", "undo"),
    *REGISTER_KINDS,
    *KEEPING_KINDS,
)


# a line that somebody pasted is broken by these in Word; nothing else that reads it knows them
CONTROL = {n: " " for n in range(32) if chr(n) not in "\t\n\r"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger.

    kind       verdict                        about
    speaker    a roster name, or "" (nobody)  voice, recording_sha256, start_s, end_s, words;
                                              ``others``: lines about it that this one settles
    voice      "enrolled" or "removed"        name, and where it was heard; ``day``: until when;
                                              the reason in ``why``; never the voice itself
    finding    "rejected" or "restored"       finding_id, recording_sha256, start_s, end_s, words
    point      "nothing to follow"            meeting_id, point_id of its minutes
    withhold   "withheld" or "shown"          name
    reference  ``SCSC/2026-27/01``            finding_id, recording_sha256, start_s, end_s, words
    note       the note itself                reference or finding_id
    undo       id of the line undone
    entry      its wording                    reference; ``values``: tracker columns; meeting_id
                                              and point_id where it was taken from minutes
    refer      to whom it was sent            reference; ``day``; ``values``: received_on …
    respond    a response state               reference; ``day``, ``url``, ``accessed``, ``words``
    progress   an implementation state        reference; ``day``, ``url``, ``accessed``, ``words``
    link       "accepted" or "rejected"       reference, claim_id and where the claim was said;
                                              ``values``: its state and said_on, as was seen
    minuted    "accepted" or "rejected"       reference, point_id
    correct    the right value                reference, ``column`` of the register
    hold       "held"                         meeting_id; ``day``: the first on which it is shown
    redact     "redacted"                     meeting_id, recording_sha256, start_s, end_s; or
                                              meeting_id, point_id of its minutes; ``values``:
                                              whether its sentences are still to be found
    expire     a kind of ``transcripts.keeping``  meeting_id
    purge      "purged"                       meeting_id
    withdraw, close, reopen, contest          reference; the reason in ``why``
    merge      the reference that stays       reference: the one that is taken into it
    split      the references it became       reference; ``others``
    ``when`` is ISO 8601 with zone; seconds are within the recording. ``who`` is a person, or
    ``matters`` for the numbers it hands out itself.
    """

    kind: str
    verdict: str
    who: str
    when: str
    why: str = ""
    id: str = ""
    meeting_id: str = ""
    recording_sha256: str = ""
    voice: str = ""
    finding_id: str = ""
    name: str = ""
    start_s: float | None = None
    end_s: float | None = None
    words: str = ""
    reference: str = ""
    others: tuple[str, ...] = ()
    claim_id: str = ""
    point_id: str = ""
    column: str = ""
    day: str = ""  # ISO, on which it happened, where that is not ``when``
    url: str = ""  # evidence outside the archive
    accessed: str = ""  # ISO day on which it was looked at
    values: tuple[tuple[str, str], ...] = ()  # further columns

    def __post_init__(self) -> None:
        # a line read from the file holds lists
        if self.others != ():
            object.__setattr__(self, "others", tuple(self.others))
        if self.values != ():
            object.__setattr__(self, "values", tuple((str(k), str(v)) for k, v in self.values))
        if self.kind not in KINDS:
            raise ValueError(f"kind '{self.kind}' is none of {', '.join(KINDS)}")
        if not self.who.strip():
            raise ValueError("a decision needs somebody who made it")


def as_typed(decision: Decision) -> Decision:
    """The line with a space for each control character in what somebody typed or pasted."""
    return replace(
        decision,
        verdict=decision.verdict.translate(CONTROL),
        why=decision.why.translate(CONTROL),
        words=decision.words.translate(CONTROL),
        values=tuple((column, value.translate(CONTROL)) for column, value in decision.values),
    )
