"""Which of a council's committees is its executive: where an answer to scrutiny would be heard."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


def is_executive(committee: str) -> bool:
    """Whether a committee of this name decides for the council, as far as names tell.

    Under the committee system it is the one for policy; a scrutiny committee never is one, nor a
    committee of the executive's.
    """
    name = committee.casefold()
    called, but_not = _patterns()
    return bool(called.search(name)) and not but_not.search(name)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    text = files("transcripts").joinpath("executives.json").read_text(encoding="utf-8")
    read: Mapping[str, Sequence[str]] = json.loads(text)
    called, but_not = (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, read[which]))})\b")
        for which in ("called", "but_not")
    )
    return called, but_not
