"""Whether a name was withheld that the warehouse still shows."""

from __future__ import annotations

from matters_arising.errors import StoreError
from warehouse.reader import Reader
from warehouse.since import since_load


def check_nothing_withheld_since(reader: Reader) -> None:
    """Raises StoreError where a name was withheld after the load and may stand in the views.

    A decision is in the ledger before it is in the warehouse. Answers that are made of the views
    as they lie there, and files that leave the house, wait for the load: a name could be guessed at
    by a condition even where it was taken out of the answer.
    """
    if since_load(reader).names is not None:
        raise StoreError(
            f"a name was withheld since the warehouse in {reader.path.parent} was loaded; wait "
            "until the load that takes it out is done, or run 'matters rebuild'"
        )
