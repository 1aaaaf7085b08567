"""Sentence vectors: the pinned model, read two ways that agree."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from matters_arising.errors import MissingModelError
from models.vectors import SHA256, MiniLM, query_encoder, vectors_engine

TEXTS = [
    "Live facial recognition in the town centre",
    "the repairs take seven weeks and the mould comes back",
    "A",
    "notice " * 300,
]


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


def test_vectors_are_unit_float32_rows_of_the_stated_dimensions(minilm: MiniLM) -> None:
    vectors = minilm.encode(TEXTS)

    assert (vectors.shape, vectors.dtype) == ((4, minilm.dimensions), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(minilm: MiniLM) -> None:
    vectors = minilm.encode([])

    assert vectors.shape == (0, 384)


def test_a_question_gets_the_same_vector_without_the_library(minilm: MiniLM) -> None:
    quick = query_encoder()

    cosines = [float(quick(t) @ minilm.encode_query(t)) for t in TEXTS]

    assert min(cosines) >= 0.9999


def test_a_question_is_encoded_without_importing_torch() -> None:
    code = (
        "import sys; from models.vectors import query_encoder; query_encoder()('damp');"
        "print('torch' in sys.modules, 'sentence_transformers' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False"]


def test_the_engine_is_known_without_loading_it_and_names_its_weights(minilm: MiniLM) -> None:
    assert minilm.engine == vectors_engine()
    assert minilm.engine.model_sha256 == SHA256


def test_a_model_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(MissingModelError, match="hf download"):
        MiniLM("no-such-house/no-such-model")
