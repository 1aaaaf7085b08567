"""What an assistant may ask: the arguments of each tool, with their limits."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Kind = Literal["concern", "recommendation", "undertaking", "decision", "follow-up"]


class Asked(BaseModel):
    """Unknown arguments are refused: ignored, they would look as if they had narrowed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Narrowed(Asked):
    """Which part of the archive is asked."""

    speaker: Short = Field("", description="A name as shown, or a part of it")
    committee: Short = Field("", description="Name or code of a committee")
    meeting: Short = Field("", description="Id of a meeting, as the tool 'meeting' lists it")
    item: Short = Field("", description="Number of an agenda item")
    first: date | None = Field(None, alias="from", description="From this day on, as 2026-06-11")
    last: date | None = Field(None, alias="to", description="Until this day, as 2026-06-30")


class SearchAsked(Narrowed):
    """The tool ``search``."""

    query: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)
    ] = Field(description='Words or a question; words in "double quotes" must stand exactly so')
    mode: Literal["words", "meaning", "both"] = Field(
        "both", description="Search by the words themselves, by what they mean, or both"
    )
    kind: Kind | None = Field(None, description="Only sentences that hold such a finding")
    literal: bool = Field(
        False,
        description="Every word as written, without what 'question_was_read_as' tells: no names "
        "favoured, no other spellings, no long forms",
    )
    limit: int = Field(10, ge=1, le=30, description="How many sentences at most")


class MeetingAsked(Asked):
    """The tool ``meeting``."""

    meeting: Short = Field("", description="Id of a meeting; without it the meetings are listed")
    committee: Short = Field("", description="List only meetings of this committee")
    limit: int = Field(50, ge=1, le=200, description="How many meetings at most, newest first")


class TranscriptAsked(Asked):
    """The tool ``transcript``."""

    meeting: Annotated[Short, StringConstraints(min_length=1)] = Field(
        description="Id of a meeting"
    )
    utterance: Short = Field("", description="utterance_id of the moment, as 'search' gives it")
    at_s: float | None = Field(
        None, ge=0, le=1e6, description="Or the moment in seconds within the recording"
    )
    version: Short = Field("", description="transcript_version, where a meeting has several")
    before: int = Field(5, ge=0, le=40, description="How many utterances before it")
    after: int = Field(10, ge=0, le=40, description="How many utterances after it")


class RecommendationAsked(Asked):
    """The tool ``recommendation``."""

    reference: Annotated[Short, StringConstraints(min_length=1)] = Field(
        description="Its reference, such as SCSC/2026-27/01, as 'register' lists it"
    )


class RegisterAsked(Asked):
    """The tool ``register``."""

    committee: Short = Field("", description="Name or code of a committee")
    addressee: Short = Field("", description="A part of whom it is directed to")
    year: Short = Field("", description="Municipal year, as 2026-27")
    state: Literal["", "open", "closed", "due", "overdue", "silent"] = Field(
        "", description="Only those in this state today"
    )
    words: Short = Field("", description="Words that must all stand in it")
    limit: int = Field(20, ge=1, le=100, description="How many at most")


class CountsAsked(Narrowed):
    """The tool ``counts``."""

    kind: Kind = Field(description="What is counted")
    by: Literal["month", "meeting", "committee", "item"] = Field(
        "month", description="How it is grouped; persons are never ranked"
    )
    limit: int = Field(50, ge=1, le=200, description="How many groups at most, in their order")
