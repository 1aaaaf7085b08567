"""How much of their words two texts share."""

from __future__ import annotations

import collections
import re


def token_f1(gold: str, predicted: str) -> float:
    """F1 of the words of two texts, order aside."""
    a, b = (collections.Counter(re.findall(r"\w+", t.lower())) for t in (gold, predicted))
    same = sum((a & b).values())
    return 2 * same / (sum(a.values()) + sum(b.values())) if same else 0.0
