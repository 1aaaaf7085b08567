"""What one cue says: this voice is, or is not, this person; and how far each rule is trusted."""

from __future__ import annotations

from dataclasses import dataclass

# The natural logarithm of the odds that a rule is right, a little below what it earned on real
# committee meetings, so that one strong cue is enough for a name and one weak one is not.
WEIGHTS = {
    "self-introduction": 6.0,
    "self-introduction, first name": 2.6,
    "self-introduction by role": 2.6,
    "gives own name": 4.5,
    "invited": 3.4,
    "answers the roll": 3.4,
    "asked for questions": 3.4,
    "asked what they said": 2.2,
    "invited with more words": 3.0,
    "invited, in passing": 2.4,
    "named last": 1.4,  # at the end of a turn, by no word of calling: not measured, below the bar
    "invited by another": 1.0,
    "invited, after a word from another": 1.0,
    "thanked": 2.6,
    "thanked by another": 1.6,
    "thanked or invited": 0.7,
    "answered by name": 1.0,
    "takes the chair": 4.0,
    "asked by name": 2.7,
    "asked by surname": 1.2,
    "named in a dialogue": 2.0,
    "named at the end of a dialogue": 0.5,
    "greeted": 1.8,
    "asked to add": 3.0,
    "asked to add, in passing": 2.0,
    "questioned as minister": 2.4,
    "resumes under this name": 3.4,
    "role asked": 1.2,
    "role in a dialogue": 1.2,
    "role invited": 2.0,
    "role thanked": 2.2,
    "opens the meeting": 2.5,
    "leads the meeting": 3.0,
    "addressed as chair": 1.5,
    "welcomed": 2.0,
    "welcomed alone": 3.6,
    "welcomed, perhaps to listen": 2.0,
    "hands on to a colleague": 0.9,
    "hands on to the other": 1.8,
    "name tag": 5.0,
    # Not measured: one call to another does not undo it, and somebody's own introduction does.
    "seat-log": 5.5,
    # Set so that the first never passes the bar alone and the second just does (decision 0013).
    "known-voice": 1.5,
    "known-voice, unmistakable": 3.0,
    "calls on this name": -4.0,
    "speaks of this name": -1.5,
    "public, announced": 3.0,
    "public, own words": 3.0,
    "speaks for this name": -4.0,
    "addresses the chair": -3.0,
    # Not measured: no call outweighs what somebody says of themselves.
    "gives another name": -12.0,
    "gives another ward": -6.0,
    "is no member": -6.0,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cue for (weight above 0) or against a voice being a person."""

    voice: str
    person: str
    rule: str
    quote: str
    start_s: float

    @property
    def weight(self) -> float:
        """How far this rule is trusted, as log odds."""
        return WEIGHTS[self.rule]
