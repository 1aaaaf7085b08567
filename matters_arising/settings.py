"""Where things lie and how much of the machine may be used: read once, passed down as values."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from matters_arising import usual


class Settings(BaseSettings):
    """Settings from the environment (``MATTERS_…``); options of the command win over them."""

    model_config = SettingsConfigDict(env_prefix=usual.PREFIX, extra="ignore")

    home: Path = Field(default=usual.HOME, description="folder of record, ledger and warehouse")
    config: Path = Field(
        default=Path("matters.toml"), description="file of councils and the sources of meetings"
    )
    address: str = Field(
        default=usual.ADDRESS,
        description="where 'matters serve' answers; links to recordings without one lead there",
    )
    play_recordings: bool = Field(
        default=True, description="let the pages play the recordings that were transcribed"
    )
    contact: str = Field(
        default="", description="whom the pages name to write to when something is wrong"
    )
    models: Path | None = Field(
        default=None, description="folder of model weights, beside the usual caches"
    )
    jobs: int = Field(
        default_factory=lambda: max(1, min(8, len(os.sched_getaffinity(0)))),
        ge=1,
        description="how many processes recognition may use",
    )
    dask: str = Field(
        default="",
        description="address of a Dask scheduler whose workers recognise the pieces of recordings, "
        "as tcp://host:8786",
    )
    offline: bool = Field(
        default=False, description="never ask a model hub, nor a reader on another machine"
    )
    store: str = Field(
        default="", description="fsspec address of the store of the record, as s3://bucket/matters"
    )
    store_lease_s: float = Field(
        default=60.0, gt=0, description="seconds after which a worker that is silent is given up"
    )
    store_patience_s: float = Field(
        default=600.0, ge=0, description="seconds a batch waits for a store that does not answer"
    )
    store_meetings: int = Field(
        default=32,
        ge=1,
        description="meetings that may be handed out to workers and not be gathered yet, at once",
    )
    worker_stage: Literal["both", "recognise", "rest"] = Field(
        default="both", description="what of a meeting a worker makes: recognise, rest or both"
    )
    notify: SecretStr | None = Field(
        default=None, description="Apprise address that is told what a batch left undone"
    )
    prefect_database: SecretStr | None = Field(
        default=None,
        description="database of Prefect's server, as postgresql://user:password@host/name; "
        "without it, a file in the home folder",
    )
    retention_audio_days: int | None = Field(
        default=None, ge=0, description="days after a meeting that its recordings are kept"
    )
    retention_transcript_days: int | None = Field(
        default=None, ge=0, description="days after a meeting that its words are kept"
    )
    retention_findings_days: int | None = Field(
        default=None, ge=0, description="days after a meeting that its findings are kept"
    )
    retention_vectors_days: int | None = Field(
        default=None, ge=0, description="days after a meeting that its sentence vectors are kept"
    )
    known_voices: bool = Field(
        default=False,
        description="let voices be enrolled and known again in other meetings (biometric data)",
    )
    known_voices_dpia: str = Field(
        default="", description="reference of the impact assessment that known voices stand on"
    )
    reader_url: str = Field(
        default="", description="address of an OpenAI-compatible endpoint that reads findings too"
    )
    reader_model: str = Field(default="", description="name of the reader's model")
    reader_key: SecretStr | None = Field(
        default=None, description="the reader's key; sent to its address, written nowhere"
    )
    reader_price_in: float | None = Field(
        default=None, ge=0, description="price of a million tokens that the reader reads"
    )
    reader_price_out: float | None = Field(
        default=None, ge=0, description="price of a million tokens that the reader writes"
    )
    reader_budget: int = Field(
        default=0, ge=0, description="tokens a meeting, after which the reader stops; 0: no limit"
    )
    reader_timeout_s: float = Field(
        default=300.0, gt=0, description="seconds to wait for one answer of the reader"
    )
    reader_tries: int = Field(default=4, ge=1, description="how often one question is asked")
    reader_wait_s: float = Field(
        default=2.0, ge=0, description="seconds before the second try; doubled before each further"
    )
    reader_answer_tokens: int = Field(
        default=2000, ge=100, description="the longest answer; models that think need more"
    )
    desk_proxy: str = Field(
        default="", description="addresses of the proxy that is believed, with commas between them"
    )
    desk_proxy_header: str = Field(
        default="", description="header in which that proxy says who is logged in at the desk"
    )
