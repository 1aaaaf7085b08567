"""What can go wrong because of something a person gave us, each as one sentence.

MattersArisingError
├── BadInputError              a file or value that cannot be used as it is
│   ├── MediaError             no sound could be had from a recording
│   ├── CaptionsError          a captions file that holds no cue
│   ├── SeatLogError           a log of microphones that tells nobody when who spoke
│   ├── ManifestError          meeting.toml, a roster or an agenda does not say what it must
│   └── UnknownValueError      a name that is not one of the known ones
├── NotInArchiveError          a meeting, recommendation or finding that the archive does not hold
│   └── NoLongerError          one that it held once, under an address that was told to people
├── MissingModelError          weights or an engine that are not here; says how to get them
├── EngineError                an engine that started and then failed
│   ├── ReaderError            a language model that gave no usable answer about a part
│   └── UnfitError             a worker whose machine cannot make what it is asked for
├── StoreError                 the record, the ledger or the warehouse cannot be read or written
│   ├── BusyError              another process is writing
│   └── NewerSchemaError       made by a newer version of this program
├── TookTooLongError           a question that was ended because its time was up
├── NoRoomError                a question for which memory is lacking while others are answered
└── TransientError             worth another try: a network, a full disk that may empty

A message says what, where, what was known and what to do. The command prints it alone, without
a traceback; anything that is not one of these is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable


class MattersArisingError(Exception):
    """Base of everything that a person can cause and mend."""


class BadInputError(MattersArisingError):
    """A file or value that cannot be used as it is."""


class MediaError(BadInputError):
    """No sound could be had from a recording."""


class CaptionsError(BadInputError):
    """A captions file that holds no usable cue."""


class SeatLogError(BadInputError):
    """A log of a chamber's microphones that does not tell who spoke when."""


class ManifestError(BadInputError):
    """A meeting file, roster or agenda that does not say what it must."""


class UnknownValueError(BadInputError):
    """A name that is not one of the known ones; lists the known ones."""

    def __init__(self, what: str, value: str, known: Iterable[str]) -> None:
        self.what, self.value, self.known = what, value, sorted(known)
        listed = ", ".join(self.known) or "none"
        super().__init__(f"no {what} '{value}' (there is: {listed})")


class NotInArchiveError(MattersArisingError):
    """A meeting, recommendation or finding that the archive does not hold.

    Without ``known``, what it does hold of the kind is nobody's business or no help.
    """

    def __init__(self, what: str, value: str, known: Iterable[str] | None = ()) -> None:
        self.what, self.value, self.known = what, value, sorted(known or ())
        held = ", ".join(self.known[:12]) + (", …" if len(self.known) > 12 else "")
        told = "" if known is None else f" (it holds: {held or 'none'})"
        # "no utterance of the meeting 'june' 'u9'" would say two things as if they were one
        named = f"is called '{value}'" if what.endswith("'") else f"'{value}'"
        super().__init__(f"no {what} {named} in the archive{told}")


class NoLongerError(NotInArchiveError):
    """What was held once and is no more. ``why`` is a sentence on what became of it, without its
    words; ``decided`` is the ISO day on which a person decided so, empty where nobody did."""

    def __init__(self, what: str, value: str, why: str, decided: str = "") -> None:
        super().__init__(what, value, None)
        self.why, self.decided = why, decided

    def __str__(self) -> str:
        return self.why


class MissingModelError(MattersArisingError):
    """Weights or an engine that are not on this machine."""

    def __init__(self, model: str, get_it: str) -> None:
        self.model, self.get_it = model, get_it
        super().__init__(f"{model} is not on this machine; to get it: {get_it}")


class EngineError(MattersArisingError):
    """An engine that started and then failed."""


class ReaderError(EngineError):
    """A language model gave no usable answer about a part of a meeting.

    ``hopeless``: asking about another part would bring the same. ``usage`` is what the tries took.
    """

    def __init__(self, why: str, *, hopeless: bool = False, usage: object = None) -> None:
        super().__init__(why)
        self.hopeless, self.usage = hopeless, usage


class UnfitError(EngineError):
    """The machine of a worker cannot make what it is asked for, whichever meeting it takes."""


class StoreError(MattersArisingError):
    """The record, the ledger or the warehouse cannot be read or written."""


class BusyError(StoreError):
    """Another process is writing to the same archive."""


class NewerSchemaError(StoreError):
    """The archive was made by a newer version of this program."""


class TookTooLongError(MattersArisingError):
    """A question that was ended because it took longer than it may."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"this was ended after {seconds:g} seconds, for others wait too; narrow it to a "
            "committee, a meeting or some days, or ask with fewer words"
        )


class NoRoomError(MattersArisingError):
    """A question that needs more memory than others leave at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "too much is asked at this moment for the memory that there is; try again in a minute, "
            "or narrow it to a committee, a meeting or some days"
        )


class TransientError(MattersArisingError):
    """A fault that another try may mend."""
