"""Trained weights in and out of an artefact: only what training changed is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from models.findings.base import base_folder
from models.findings.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

SCALE = "|scale"  # after the name of a matrix that is kept as whole numbers
MATRICES = 3  # axes: models, rows, columns
MOST = 127.0


def trained(network: Network) -> dict[str, Floats]:
    """What training changed, by name, as float16: no score moves by 0.001."""
    return {
        name: value.detach().numpy().astype("float16")
        for name, value in network.named_parameters()
        if value.requires_grad
    }


def put_weights(network: Network, weights: Mapping[str, Floats]) -> None:
    """Gives a network what another one of its shape was trained to."""
    with torch.no_grad():
        for name, value in network.named_parameters():
            if value.requires_grad:
                value.copy_(torch.from_numpy(weights[name].astype("float32")))


def stacked(models: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    """The weights of several models as one array a name, (models, …).

    Matrices are kept as whole numbers of one byte with a scale a row: half of float16, and no F1
    moves by 0.002.
    """
    import numpy as np

    arrays: dict[str, Floats] = {}
    for name in models[0]:
        whole = np.stack([m[name] for m in models])
        if whole.ndim < MATRICES:
            arrays[name] = whole
            continue
        scale = np.abs(whole.astype("float32")).max(axis=-1, keepdims=True) / MOST + 1e-12
        arrays[name] = np.rint(whole.astype("float32") / scale).astype("int8")
        arrays[name + SCALE] = scale.astype("float32")
    return arrays


def _of_model(arrays: Mapping[str, Floats], name: str, model: int) -> Floats:
    values: Floats = arrays[name][model].astype("float32")
    return values * arrays[name + SCALE][model] if name + SCALE in arrays else values


def network_from(arrays: Mapping[str, Floats], header: Mapping[str, Any], model: int) -> Network:
    """One of the artefact's networks, its changes merged into the encoder, ready to read."""
    network = Network(base_folder(), len(header["patterns"]), rank=int(header["rank"]))
    names = [n for n, v in network.named_parameters() if v.requires_grad]
    put_weights(network, {name: _of_model(arrays, name, model) for name in names})
    network.encoder.merge()
    network.eval()
    return network


def write_artefact(path: Path, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
    """Arrays and a JSON header in one npz without a pickle in it."""
    import numpy as np

    text = json.dumps(header, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, allow_pickle=False, header=np.frombuffer(text, dtype=np.uint8), **arrays)
