"""The pinned MiniLM run by numpy alone, for one question at a time.

Importing sentence-transformers takes five seconds on a quiet machine and up to nineteen on a busy
one, all of it spent before a ten-millisecond calculation. A search from the command line asks one
question and ends, so it reads the same weights without those imports. A test holds the two ways
to a cosine of 0.9999.

The arithmetic is BERT's (Devlin et al. 2019) with the mean pooling of Sentence-BERT (Reimers and
Gurevych 2019).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LONGEST = 256  # word pieces; the length the model was made with


class SmallBert:
    """A BERT encoder in a folder of Hugging Face's layout, without a deep-learning library."""

    def __init__(self, folder: Path) -> None:
        # these imports take a few hundredths of a second each, but no command that is not a
        # search by meaning should pay for them
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._weights: dict[str, Floats] = load_file(folder / "model.safetensors")
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode_query(self, text: str) -> Floats:
        """The unit vector of one text, shape (dimensions,)."""
        import numpy as np

        hidden = self._embed(self._tokenizer.encode(text).ids)
        for layer in range(self._layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        pooled = hidden.mean(axis=0)
        return np.asarray(pooled / np.linalg.norm(pooled), dtype=np.float32)

    def _embed(self, ids: list[int]) -> Floats:
        words = self._weights["embeddings.word_embeddings.weight"][ids]
        places = self._weights["embeddings.position_embeddings.weight"][: len(ids)]
        kinds = self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normed(words + places + kinds, "embeddings.LayerNorm")

    def _layer(self, hidden: Floats, name: str) -> Floats:
        from scipy.special import erf

        attended = self._linear(self._attend(hidden, name), f"{name}attention.output.dense")
        hidden = self._normed(hidden + attended, f"{name}attention.output.LayerNorm")
        inner = self._linear(hidden, f"{name}intermediate.dense")
        inner = 0.5 * inner * (1.0 + erf(inner * 0.5**0.5))
        outer = self._linear(inner, f"{name}output.dense")
        return self._normed(hidden + outer, f"{name}output.LayerNorm")

    def _attend(self, hidden: Floats, name: str) -> Floats:
        import numpy as np

        def split(part: str) -> Floats:
            whole = self._linear(hidden, f"{name}attention.self.{part}")
            return whole.reshape(len(hidden), self._heads, -1).transpose(1, 0, 2)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 2, 1) / query.shape[-1] ** 0.5
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        attended: Floats = (shares @ value).transpose(1, 0, 2).reshape(len(hidden), -1)
        return attended

    def _linear(self, x: Floats, name: str) -> Floats:
        made: Floats = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return made

    def _normed(self, x: Floats, name: str) -> Floats:
        import numpy as np

        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self._epsilon)
        scaled = centred / scale * self._weights[f"{name}.weight"]
        made: Floats = scaled + self._weights[f"{name}.bias"]
        return made
