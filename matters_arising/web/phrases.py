"""The pages about phrases: every occurrence in its context, and how often they were said."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response

from matters_arising.web.reading import Data, Narrowed, Offset, Reading, around
from warehouse.citing import citations
from warehouse.concordance import concordance as occurrences
from warehouse.scope import scope
from warehouse.trends import BY
from warehouse.trends import trends as count
from warehouse.withheld import check_nothing_withheld_since

PAGE = 100  # occurrences at a time
# The picture has its style inside; it may do nothing else.
PICTURE_ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
# What stands between two commas; one inside a number or between quotation marks is part of it.
_PHRASE = re.compile(r'(?:[^,"“„]|["“„][^"“”]*["”]|(?<=\d),(?=\d{3}(?!\d))|["“„])+')
Words = Annotated[str, Query(max_length=500)]


def concordance(
    reader: Reading,
    narrowed: Narrowed,
    q: Words = "",
    offset: Offset = 0,
) -> Data:
    """A page of the occurrences of a phrase, or the form alone where none is asked for."""
    shown: Data = {"question": q, "filters": narrowed, "scope": None}
    found: list[Any] = []
    if q.strip():
        check_nothing_withheld_since(reader)
        found = list(islice(occurrences(reader, q, filters=narrowed), offset, offset + PAGE + 1))
        shown["scope"] = scope(reader, narrowed)
    return shown | {
        "occurrences": found[:PAGE],
        "citations": citations(reader, found[:PAGE]),
        **around(offset, PAGE, more=len(found) > PAGE),
    }


def trends(reader: Reading, narrowed: Narrowed, q: Words = "", by: str = "month") -> Data:
    """Counts of phrases, which commas part, or the form alone where none is asked for."""
    check_nothing_withheld_since(reader)
    phrases = _phrases(q)
    counted = count(reader, phrases, by=by, filters=narrowed) if phrases else None
    return {
        "question": q,
        "by": by,
        "ways": BY,
        "filters": narrowed,
        "trends": counted,
        "scope": scope(reader, narrowed) if counted else None,
    }


def chart(
    reader: Reading, narrowed: Narrowed, q: Words = "", by: str = "month", small: bool = False
) -> Response:
    """The picture of the page of trends, or a small one to stand beside something else."""
    from matters_arising.web.charts import as_svg

    check_nothing_withheld_since(reader)
    counted = count(reader, _phrases(q), by=by, filters=narrowed)
    words = as_svg(counted, scope(reader, narrowed), small=small)
    policy = {"Content-Security-Policy": PICTURE_ALONE}
    return Response(words, media_type="image/svg+xml", headers=policy)


def _phrases(q: str) -> list[str]:
    return [part.strip() for part in _PHRASE.findall(q) if part.strip()]


# address (without .json), its JSON twin, template, what it shows
PHRASE_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/concordance", "/concordance.json", "concordance.html", concordance),
    ("/trends", "/trends.json", "trends.html", trends),
)
