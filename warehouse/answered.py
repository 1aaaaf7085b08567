"""Whether what was found answers what was asked, or is only the nearest there is.

The best of a large archive always has something in common with a question. Measured on real
committee meetings (``benchmarks/junk.py``): of the weight of the words asked for, questions that
are answered there have nearly all within two utterances of the best place, questions about
something else half or less; meaning moves the bar.
"""

from __future__ import annotations

from warehouse.matching import Ranked, floor
from warehouse.query import Query

BAR, PER_COSINE = 1.2, 1.0  # share of the words' weight plus the best cosine, where it is asked for
SHARE, NEARLY_ALL = 0.6, 0.9  # by words alone; from which meaning is not asked
ALONE = 0.2  # the same where the one word asked for was never said
MARGIN = 0.08  # of the best cosine above the bar of a single sentence
LEAST_PARTS = 2  # a single word is either said or not


def answered(query: Query, ranked: Ranked, mode: str) -> bool:
    """Whether the best hits may be shown as an answer.

    What is asked for in the query language or in quotes is there or not, and so is a single word.
    By words alone the bar holds for questions in prose; a list of words asks for any of them.
    """
    exact = query.tree is not None or query.phrases
    if exact or mode == "meaning":
        return True
    if len(query.subject) < LEAST_PARTS:
        put_right = not query.asks and len(ranked.words.sids) > 0  # a slip of the keyboard
        return ranked.share_said > 0 or put_right or _very_near(ranked)
    if mode == "words":
        return not query.asks or share_met(ranked) >= SHARE
    share, cosines = share_met(ranked), ranked.meaning.scores
    if not len(cosines) or share >= NEARLY_ALL:
        return share >= SHARE
    nearest = float(cosines.max())
    about = floor(ranked.frame.sentences) + MARGIN
    return nearest >= about and share + PER_COSINE * nearest >= BAR


def _very_near(ranked: Ranked) -> bool:
    """Whether something is near in meaning though nobody said the one word asked for.

    The bar is higher: what is near may be so by the name in the question.
    """
    cosines = ranked.meaning.scores
    return bool(len(cosines)) and float(cosines.max()) >= floor(ranked.frame.sentences) + ALONE


def share_met(ranked: Ranked) -> float:
    """The weight of what is found together near the best place, as a share of all asked for."""
    if ranked.why is None or not len(ranked.why.places):
        return 0.0
    near = ranked.why.seen[:, ranked.why.names.index("words within 2")]
    return float(near.max()) * ranked.share_said
