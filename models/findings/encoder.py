"""The pinned MPNet encoder as the findings network runs it, with low-rank changes to its weights.

The arithmetic is MPNet's (Song et al. 2020), that of transformers' ``MPNetModel``; a test holds the
two together. It is written out here because a processor that multiplies bfloat16 reads three times
as many sentences a second when weights are kept in it and attention is one operation, and because
a fit need not reckon what it does not change: only the two thin matrices a layer (LoRA, Hu et al.
2021) have gradients, and they act on what passes through, so that no weight is made anew each step.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

START = 2  # MPNet's first position
# of what is fitted, and of what enters; nowhere else, as drawing costs a sixth of a fit
DROPOUT = 0.1
PIECES = "embeddings.word_embeddings.weight"
PARTS = {  # of a layer: name here, name in the weights
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "up": "intermediate.dense",
    "down": "output.dense",
}
NORMS = {"attended": "attention.LayerNorm", "left": "output.LayerNorm"}


class Changed(nn.Module):  # type: ignore[misc]  # torch is not followed by mypy
    """A linear map whose weight stays, and a product of two thin ones that starts at no change."""

    weight: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor, rank: int, dtype: torch.dtype) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", weight.to(dtype), persistent=False)
        self.register_buffer("bias", bias.to(dtype), persistent=False)
        self.thin_in = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.thin_out = nn.Parameter(torch.zeros(outputs, rank))
        self._merged = False

    def forward(self, x: Tensor) -> Tensor:
        """``x`` (…, inputs) to (…, outputs)."""
        made = functional.linear(x, self.weight, self.bias)
        if self._merged:
            return made
        thin = functional.linear(x, self.thin_in.to(x.dtype))
        thin = functional.dropout(thin, DROPOUT, self.training)
        return made + functional.linear(thin, self.thin_out.to(x.dtype))

    def merge(self) -> None:
        """Puts the change into the weight: for reading only."""
        with torch.no_grad():
            changed = self.weight.float() + self.thin_out @ self.thin_in
            self.weight = changed.to(self.weight.dtype)
        self._merged = True


class Layer(nn.Module):  # type: ignore[misc]
    """Attention and the two dense maps after it."""

    def __init__(self, weights: dict[str, Tensor], name: str, sizes: Sizes, rank: int) -> None:
        super().__init__()
        self._sizes = sizes
        for own, stored in PARTS.items():
            w, b = weights[f"{name}{stored}.weight"], weights[f"{name}{stored}.bias"]
            setattr(self, own, Changed(w, b, rank, sizes.dtype))
        for own, stored in NORMS.items():
            setattr(self, own, Norm(weights, f"{name}{stored}", sizes))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x`` (windows, pieces, size); ``bias`` is added to what is attended to."""
        shape = (*x.shape[:2], self._sizes.heads, -1)
        parts = (self.query(x), self.key(x), self.value(x))
        query, key, value = (part.view(shape).transpose(1, 2) for part in parts)
        attend = _attended if self.training else functional.scaled_dot_product_attention
        seen = attend(query, key, value, bias)
        out = self.out(seen.transpose(1, 2).reshape(x.shape))
        x = self.attended(x + out)
        out = self.down(functional.gelu(self.up(x)))
        return self.left(x + out)


class Norm(nn.Module):  # type: ignore[misc]
    """Layer normalisation with the pinned weights."""

    def __init__(self, weights: dict[str, Tensor], name: str, sizes: Sizes) -> None:
        super().__init__()
        self._epsilon = sizes.epsilon
        self.register_buffer("weight", weights[f"{name}.weight"].to(sizes.dtype), persistent=False)
        self.register_buffer("bias", weights[f"{name}.bias"].to(sizes.dtype), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], self.weight, self.bias, self._epsilon)


class Sizes:
    """What the encoder's own settings say, and how it is to reckon."""

    def __init__(self, base: Path, dtype: torch.dtype) -> None:
        told: dict[str, Any] = json.loads((base / "config.json").read_text(encoding="utf-8"))
        self.layers = int(told["num_hidden_layers"])
        self.heads = int(told["num_attention_heads"])
        self.size = int(told["hidden_size"])
        self.epsilon = float(told["layer_norm_eps"])
        self.buckets = int(told["relative_attention_num_buckets"])
        self.dtype = dtype


class Encoder(nn.Module):  # type: ignore[misc]
    """Vectors of word pieces, each among those of its window."""

    def __init__(self, base: Path, rank: int, *, dtype: torch.dtype = torch.float32) -> None:
        from safetensors.torch import load_file

        super().__init__()
        weights = load_file(base / "model.safetensors")
        self.sizes = sizes = Sizes(base, dtype)
        self.register_buffer("_words", weights[PIECES].to(dtype), persistent=False)
        places = weights["embeddings.position_embeddings.weight"][START:]
        self.register_buffer("_places", places.to(dtype), persistent=False)
        apart = weights["encoder.relative_attention_bias.weight"]
        self.register_buffer("_apart", apart.to(dtype), persistent=False)
        self._norm = Norm(weights, "embeddings.LayerNorm", sizes)
        made = (Layer(weights, f"encoder.layer.{i}.", sizes, rank) for i in range(sizes.layers))
        self.layer = nn.ModuleList(made)

    def forward(self, pieces: Tensor, attended: Tensor, side: Tensor) -> Tensor:
        """(windows, pieces) of ids and 0 or 1, (windows, pieces, size) to add; gives the latter."""
        length = pieces.shape[1]
        x = self._words[pieces] + self._places[:length] + side.to(self.sizes.dtype)
        x = functional.dropout(self._norm(x), DROPOUT, self.training)
        bias = self._bias(length) + (attended[:, None, None, :].to(x.dtype) - 1) * 1e4
        for layer in self.layer:
            x = layer(x, bias)
        return x

    def merge(self) -> None:
        """Puts all changes into the weights: for reading only."""
        for module in self.modules():
            if isinstance(module, Changed):
                module.merge()

    def _bias(self, length: int) -> Tensor:
        """(1, heads, length, length): how far apart two pieces stand."""
        at = torch.arange(length)
        bucket = _bucket(at[None, :] - at[:, None], self.sizes.buckets)
        # laid out anew: attention reads a table whose last axis is spread out half as fast
        return self._apart[bucket].permute(2, 0, 1)[None].contiguous()


def _attended(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    """Attention whose gradient is reckoned a quarter sooner than that of torch's own."""
    scale = query.shape[-1] ** -0.5
    shares = ((query * scale) @ key.transpose(-1, -2) + bias).softmax(-1)
    return shares @ value


def _bucket(distance: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """T5's buckets (Raffel et al. 2020): each near distance one, far ones shared."""
    half = buckets // 2
    before = (distance > 0).long() * half
    size = distance.abs()
    exact = half // 2
    grown = torch.log(size.float().clamp(min=1) / exact) / math.log(farthest / exact)
    far = (exact + (grown * (half - exact)).long()).clamp(max=half - 1)
    return before + torch.where(size < exact, size, far)
