"""List numbers: ``1.``, ``(a)``, ``iv)``, ``5.2``, bullets: parted from words, and put in order."""

from __future__ import annotations

import re

ROMAN = dict(
    zip(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(),
        range(1, 21),
        strict=True,
    )
)
# 7.30 pm, 5.2 million and a person's initial are no list numbers
_NOT_AFTER = r"(?!\s*(?:[ap]\.?m\b|noon\b|hours?\b|million|billion|per ?cent|%|x\s))"
_NUMBER = r"\(\d{1,3}\)|\d{1,3}[.)](?!\d)|\d{1,3}(?:\.\d{1,3}){1,3}\.?"
_LETTER = r"\([a-z]{1,2}\)|[a-z][.)]|\([ivx]{1,5}\)|[ivx]{1,5}[.)]|\([A-Z]\)|[A-Z]\)|[IVX]{1,5}\)"
_BULLET = r"[•·▪‣●○◦§*–—-]"
_LABEL = re.compile(rf"^\s*((?:{_NUMBER}){_NOT_AFTER}|{_LETTER}|{_BULLET})(?:\s+|$)")
_BARE = re.compile(r"^\s*(\d{1,2})(?:\t|\s{3,})\s*(?=\S)")
_SPACE = re.compile(r"[\s\u00a0\u2007\u202f]+")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))


def parted(text: str) -> tuple[str, str]:
    """The list number (or an empty string) and the words, with white space made plain."""
    text = text.translate(_NO_WIDTH)
    found = _LABEL.match(text.replace("\u00a0", " ")) or _BARE.match(text)
    if found is None:
        return "", plain(text)
    return found[1], plain(text[found.end() :])


def plain(text: str) -> str:
    """Words with single spaces."""
    return _SPACE.sub(" ", text.translate(_NO_WIDTH)).strip()


def bare(label: str) -> str:
    """A list number without its stops and brackets: ``(a)`` → ``a``."""
    return label.strip("().: ")


def style(label: str) -> str:
    """What counts it: ``digit``, ``dotted``, ``alpha``, ``roman``, ``upper``, ``bullet``.

    A letter that is also a Roman number (i, v, x) is told as ``roman``; who knows what came before
    it has to say which it is.
    """
    core = bare(label)
    if not core or not core[0].isalnum():
        return "bullet"
    if "." in core:
        return "dotted"
    if core.isdigit():
        return "digit"
    if core in ROMAN:
        return "roman"
    return "upper" if core.isupper() else "alpha"


def value(label: str, as_style: str) -> int:
    """The place in its list, from 1; 0 where it has none."""
    core = bare(label)
    if as_style == "digit":
        return int(core)
    if as_style == "dotted":
        return int(core.rsplit(".", 1)[1] or 0)
    if as_style == "roman":
        return ROMAN.get(core, 0)
    if as_style in ("alpha", "upper"):
        return (ord(core[0].lower()) - ord("a") + 1) + 26 * (len(core) - 1)
    return 0
