"""Where things lie and how much of the machine may be used: read once, passed down as values."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from the environment (``MATTERS_…``); options of the command win over them."""

    model_config = SettingsConfigDict(env_prefix="MATTERS_", extra="ignore")

    home: Path = Field(
        default=Path("matters-data"), description="folder of record, ledger and warehouse"
    )
    models: Path | None = Field(
        default=None, description="folder of model weights, beside the usual caches"
    )
    jobs: int = Field(
        default_factory=lambda: max(1, min(8, len(os.sched_getaffinity(0)))),
        ge=1,
        description="how many processes recognition may use",
    )
    offline: bool = Field(default=False, description="never ask a model hub")
