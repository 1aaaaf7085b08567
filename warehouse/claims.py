"""Where a claim was said, so that a decision about it finds it again after a re-run."""

from __future__ import annotations

from typing import Any

from matters_arising.errors import NotInArchiveError
from warehouse import sql
from warehouse.reader import Reader


def claim_said(reader: Reader, claim_id: str) -> dict[str, Any]:
    """Meeting, recording, seconds and words of a claim, by the names of a decision's fields.

    Raises NotInArchiveError where no such claim is held.
    """
    found = sql.rows(reader.con, "claim_said", claim_id=claim_id)
    if not found:
        raise NotInArchiveError("claim", claim_id)
    return found[0]
