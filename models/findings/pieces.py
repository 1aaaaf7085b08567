"""Word pieces of sentences, with the characters each stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from models.findings.base import base_folder

MOST = 96  # pieces of a sentence; what follows is not read (one sentence in two hundred is longer)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one sentence; ``ends`` holds the (start, end) characters of each."""

    ids: tuple[int, ...]
    ends: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.ids)


def in_pieces(texts: Sequence[str]) -> list[Pieces]:
    """Each text cut as the pinned encoder's vocabulary has it."""
    cut = _tokenizer().encode_batch(list(texts), add_special_tokens=False)
    return [Pieces(tuple(c.ids[:MOST]), tuple(c.offsets[:MOST])) for c in cut]


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
