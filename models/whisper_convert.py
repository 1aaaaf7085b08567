"""An openai-whisper checkpoint as a CTranslate2 directory, so that faster-whisper runs its weights.

CTranslate2's own converter starts from another library's copy of the model and fetches its
tokenizer; here both come from openai-whisper itself, so nothing is asked of a network. The
arrangement of weights is that of ``ctranslate2.converters.transformers.WhisperLoader``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matters_arising.errors import EngineError, TransientError
from models.weights import is_converted, need_package, official_name, user_cache, weights_sha256
from models.whisper_tokens import VocabularyOf, tokenizer_of
from transcripts.whole import whole_folder

log = logging.getLogger(__name__)

State = dict[str, Any]


def converted(checkpoint: Path, folder: Path | None = None) -> Path:
    """The CTranslate2 directory of a checkpoint, made on first need and kept by its hash."""
    target = _cache(folder) / weights_sha256(checkpoint)
    if is_converted(target):
        return target
    need_package("ctranslate2", "ctranslate2")
    try:
        whole_folder(target, lambda folder: convert(checkpoint, folder), is_converted)
    except OSError as fault:
        raise TransientError(f"no converted copy of {checkpoint} in {target}: {fault}") from fault
    log.info("converted %s for faster-whisper", checkpoint.name)
    return target


def _cache(folder: Path | None) -> Path:
    return (folder or user_cache()) / "converted"


def convert(checkpoint: Path, folder: Path) -> None:
    """Write model, configuration, vocabulary, tokenizer and features of a checkpoint."""
    dims, state = _read(checkpoint)
    vocabulary = VocabularyOf(dims["n_vocab"])
    spec = _spec(dims, state)
    spec.register_vocabulary(vocabulary.tokens)
    spec.config.suppress_ids = list(vocabulary.suppressed)
    spec.config.suppress_ids_begin = list(vocabulary.suppressed_first)
    spec.config.lang_ids = list(vocabulary.languages)
    spec.config.alignment_heads = alignment_heads(dims, weights_sha256(checkpoint))
    spec.validate()
    spec.optimize(quantization=_precision(state))
    spec.save(str(folder))
    tokenizer_of(vocabulary).save(str(folder / "tokenizer.json"))
    features = {"feature_size": dims["n_mels"], "sampling_rate": 16_000, "hop_length": 160}
    features |= {"chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features) + "\n")


def alignment_heads(dims: dict[str, int], sha256: str) -> list[list[int]]:
    """(layer, head) of those that tell word times: openai-whisper's, else the later half's."""
    import whisper  # see _read

    layers, heads = dims["n_text_layer"], dims["n_text_head"]
    known = whisper._ALIGNMENT_HEADS.get(official_name(sha256))
    if known is None:
        return [[layer, head] for layer in range(layers // 2, layers) for head in range(heads)]
    import base64
    import gzip

    import numpy as np

    mask = np.frombuffer(gzip.decompress(base64.b85decode(known)), dtype=bool)
    return [[int(layer), int(head)] for layer, head in np.argwhere(mask.reshape(layers, heads))]


def _read(checkpoint: Path) -> tuple[dict[str, int], State]:
    import pickle

    import torch  # torch takes seconds to import, and only a first conversion needs it

    try:
        raw = torch.load(checkpoint, map_location="cpu", weights_only=True)
        return raw["dims"], raw["model_state_dict"]
    except (RuntimeError, EOFError, KeyError, TypeError, pickle.UnpicklingError) as fault:
        raise EngineError(
            f"{checkpoint} could not be read as an openai-whisper checkpoint; if it was being "
            "downloaded, delete it and get it again"
        ) from fault


def _precision(state: State) -> str | None:
    """Official checkpoints are kept in half precision, and so are their twins."""
    kinds = {str(value.dtype) for value in state.values()}
    return "float16" if kinds == {"torch.float16"} else None


def _spec(dims: dict[str, int], state: State) -> Any:
    from ctranslate2.specs.whisper_spec import WhisperSpec

    spec = WhisperSpec(
        dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"]
    )
    _set_encoder(spec.encoder, state)
    _set_decoder(spec.decoder, state)
    return spec


def _set_encoder(spec: Any, state: State) -> None:
    for conv in ("conv1", "conv2"):
        _set_linear(getattr(spec, conv), state, f"encoder.{conv}")
    spec.position_encodings.encodings = state["encoder.positional_embedding"]
    _set_norm(spec.layer_norm, state, "encoder.ln_post")
    for number, layer in enumerate(spec.layer):
        _set_block(layer, state, f"encoder.blocks.{number}")


def _set_decoder(spec: Any, state: State) -> None:
    spec.embeddings.weight = state["decoder.token_embedding.weight"]
    spec.projection.weight = state["decoder.token_embedding.weight"]
    spec.position_encodings.encodings = state["decoder.positional_embedding"]
    spec.scale_embeddings = False
    _set_norm(spec.layer_norm, state, "decoder.ln")
    for number, layer in enumerate(spec.layer):
        block = f"decoder.blocks.{number}"
        _set_block(layer, state, block)
        _set_attention(layer.attention, state, f"{block}.cross_attn", ("query",), ("key", "value"))
        _set_norm(layer.attention.layer_norm, state, f"{block}.cross_attn_ln")


def _set_block(spec: Any, state: State, block: str) -> None:
    _set_attention(spec.self_attention, state, f"{block}.attn", ("query", "key", "value"))
    _set_norm(spec.self_attention.layer_norm, state, f"{block}.attn_ln")
    _set_linear(spec.ffn.linear_0, state, f"{block}.mlp.0")
    _set_linear(spec.ffn.linear_1, state, f"{block}.mlp.2")
    _set_norm(spec.ffn.layer_norm, state, f"{block}.mlp_ln")


def _set_attention(spec: Any, state: State, name: str, *fused: Sequence[str]) -> None:
    """Projections in the groups that CTranslate2 computes at once; keys have no bias: zeros."""
    import torch  # see _read

    for linear, parts in zip(spec.linear, fused, strict=False):
        weights = [state[f"{name}.{part}.weight"] for part in parts]
        biases = [state.get(f"{name}.{part}.bias") for part in parts]
        linear.weight = torch.cat(weights)
        linear.bias = torch.cat(
            [
                torch.zeros_like(w[:, 0]) if b is None else b
                for w, b in zip(weights, biases, strict=True)
            ]
        )
    _set_linear(spec.linear[-1], state, f"{name}.out")


def _set_linear(spec: Any, state: State, name: str) -> None:
    spec.weight, spec.bias = state[f"{name}.weight"], state[f"{name}.bias"]


def _set_norm(spec: Any, state: State, name: str) -> None:
    spec.gamma, spec.beta = state[f"{name}.weight"], state[f"{name}.bias"]
