"""A meeting that is held back, as it would be shown: in an archive of its own that goes with it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows.load import linker, with_minutes
from matters_arising.errors import BadInputError
from transcripts.keeping import kept_of
from transcripts.ledger import LEDGER_NAME, Ledger
from transcripts.record import Record
from warehouse import store


@contextmanager
def previewed(home: Path, meeting_id: str) -> Iterator[Path]:
    """A home of this user alone with just that meeting; it is deleted when the block ends.

    Names are withheld and decisions hold in it as they will in the archive, in which nothing is
    changed. What ties the meeting to others is not in it. BadInputError where it is not held back.
    """
    processed, ledger = Record(home).read(meeting_id), Ledger(home)
    standing, mark = ledger.standing_to()
    if not kept_of(standing, meeting_id).is_held(date.today()):
        raise BadInputError(f"{meeting_id} is not held back: it is in search and pages as it is")
    with tempfile.TemporaryDirectory(prefix="matters-preview-") as folder:
        private = Path(folder)  # of mode 0700
        if (home / LEDGER_NAME).exists():
            shutil.copy2(home / LEDGER_NAME, private / LEDGER_NAME)
        whole = with_minutes(home, processed, standing)
        store.rebuild(private, [whole], decisions=standing, mark=mark, linker=linker())
        yield private
