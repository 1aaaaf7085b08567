"""openai-whisper's vocabulary in the form that faster-whisper reads: a ``tokenizers`` file.

openai-whisper keeps its vocabulary as tiktoken ranks; ``tokenizers`` wants the merges that led
to them. A token's merge is found by joining, of its bytes, always the pair of lowest rank, until
two parts are left.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

MULTILINGUAL_FROM = 51_865  # words in the vocabulary; the English-only models have one fewer


class VocabularyOf:
    """The tokens of a checkpoint with a vocabulary of this size, in order, and what they mean."""

    def __init__(self, size: int) -> None:
        from whisper.tokenizer import get_tokenizer  # imports torch: see models.whisper

        self.size = size
        multilingual = size >= MULTILINGUAL_FROM
        languages = size - 51_765 - int(multilingual)
        self._tokenizer: Any = get_tokenizer(
            multilingual, num_languages=languages, language="en", task="transcribe"
        )
        self._encoding = self._tokenizer.encoding

    @cached_property
    def ranks(self) -> dict[bytes, int]:
        """The ordinary tokens, as bytes."""
        ranks: dict[bytes, int] = self._encoding._mergeable_ranks
        return ranks

    @cached_property
    def specials(self) -> dict[str, int]:
        """The tokens that are no text, timestamps with them."""
        specials: dict[str, int] = self._encoding._special_tokens
        return specials

    def encode(self, text: str) -> list[int]:
        """The tokens of a text, as openai-whisper makes them."""
        tokens: list[int] = self._tokenizer.encode(text)
        return tokens

    @property
    def tokens(self) -> list[str]:
        """Every token as text, each byte as one visible character."""
        ordinary = {rank: readable(token) for token, rank in self.ranks.items()}
        named = {number: token for token, number in self.specials.items()}
        every = ordinary | named
        return [every[number] for number in range(self.size)]

    @property
    def suppressed(self) -> tuple[int, ...]:
        """Tokens never to be written: marks of what is no speech, and those of the machinery."""
        tok = self._tokenizer
        machinery = (
            tok.transcribe,
            tok.translate,
            tok.sot,
            tok.sot_prev,
            tok.sot_lm,
            tok.no_speech,
        )
        return tuple(sorted({*tok.non_speech_tokens, *machinery}))

    @property
    def suppressed_first(self) -> tuple[int, ...]:
        """Tokens a transcript may not start with: a blank, or its end."""
        return (*self._tokenizer.encode(" "), self._tokenizer.eot)

    @property
    def languages(self) -> tuple[int, ...]:
        """The tokens that name a language."""
        return tuple(self._tokenizer.all_language_tokens)


def tokenizer_of(vocabulary: VocabularyOf) -> Any:
    """The tokenizer, equal to openai-whisper's on every text."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    ranks = vocabulary.ranks
    merges = [
        (readable(parts[0]), readable(parts[1]))
        for token, rank in sorted(ranks.items(), key=lambda item: item[1])
        if len(token) > 1 and len(parts := merged(ranks, token, rank)) == 2
    ]
    plain = {readable(token): rank for token, rank in ranks.items()}
    tokenizer = Tokenizer(models.BPE(vocab=plain, merges=merges, fuse_unk=False))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    ordered = sorted(vocabulary.specials, key=lambda token: vocabulary.specials[token])
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in ordered])
    return tokenizer


def merged(ranks: dict[bytes, int], token: bytes, below: int) -> list[bytes]:
    """The parts of a token after every merge that was learnt before it."""
    parts = [bytes([byte]) for byte in token]
    while len(parts) > 1:
        joins = [ranks.get(a + b, below) for a, b in pairwise(parts)]
        lowest = min(joins)
        if lowest >= below:
            break
        at = joins.index(lowest)
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return parts


def readable(token: bytes) -> str:
    """Bytes as visible characters, one each, as GPT-2's vocabulary writes them."""
    return "".join(_alphabet()[byte] for byte in token)


@lru_cache(maxsize=1)
def _alphabet() -> list[str]:
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte) if byte in shown else chr(next(others)) for byte in range(256)]
