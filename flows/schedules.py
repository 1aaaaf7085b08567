"""The ``[batches]`` table of ``matters.toml``: what runs when, and by which engine."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from matters_arising.errors import ManifestError, MissingModelError


class Batches(BaseModel):
    """Times are cron lines in ``timezone``; an empty one turns that batch off."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timezone: str = "Europe/London"
    night: str = "0 2 * * *"  # fetch, process, take minutes
    look_again: str = "0 5 * * 6"  # the same, for so many days back
    look_again_days: int = Field(default=90, ge=1, le=3660)
    arising: str = "0 6 * * *"  # pages for meetings that are near
    arising_days: int = Field(default=7, ge=0, le=60)  # how near
    pages: str = "pages"  # where they are put; relative to matters.toml
    engine: Literal["auto", "faster-whisper", "whisper", "sphinx", "captions"] = "auto"
    model: str = ""
    language: str = "en"
    offline: bool = False
    jobs: int = Field(default=0, ge=0)  # processes that recognise; 0: as the setting says
    recognising: int = Field(default=0, ge=0)  # pieces at once over all runs; 0: no limit
    workers: str = ""  # the pool whose workers do the heavy part; "": this machine
    retention: bool = False  # take off the disk each night what is over its time
    settle_s: float = Field(default=30.0, ge=0)

    @field_validator("night", "look_again", "arising")
    @classmethod
    def _a_schedule(cls, value: str) -> str:
        try:
            if value:
                CronSim(value, datetime.now())
        except CronSimError as fault:
            raise ValueError(
                f"'{value}' is no cron line ({fault}); every night at two is '0 2 * * *'"
            ) from fault
        return value

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as fault:
            raise ValueError(f"'{value}' is no time zone; write one as Europe/London") from fault
        return value


def read_batches(values: dict[str, Any], path: Path) -> Batches:
    """The table as it is used; ManifestError names every mistake in it."""
    try:
        return Batches.model_validate(values)
    except ValidationError as fault:
        wrong = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')}"
            for e in fault.errors()
        )
        raise ManifestError(f"{path}, [batches]: {wrong}") from fault


def check_can_schedule() -> None:
    """MissingModelError where what is installed would silently schedule nothing."""
    found = version("sqlalchemy")
    if int(found.split(".")[0]) >= 2 and int(found.split(".")[1]) >= 1:
        raise MissingModelError(
            f"SQLAlchemy below 2.1, with which Prefect schedules runs (there is {found}),",
            "pip install 'SQLAlchemy<2.1'",
        )
