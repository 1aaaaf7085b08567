"""The particulars of findings in the views: verbatim, masked, and absent from older findings."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import duckdb
import pytest

from matters_arising.errors import StoreError
from transcripts.finding import Slot
from transcripts.processed import ProcessedMeeting
from warehouse import sql
from warehouse.listings import listing
from warehouse.migrate import migrate
from warehouse.reader import open_reader
from warehouse.store import check, load, rebuild

spec = spec_from_file_location("builders", Path(__file__).with_name("builders.py"))
assert spec is not None
assert spec.loader is not None
b: Any = module_from_spec(spec)
spec.loader.exec_module(b)

ASKED = "recommend that the Cabinet publishes a schedule"
