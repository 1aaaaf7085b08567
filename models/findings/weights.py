"""Trained weights in and out of an artefact: only what training changed is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.utils import parametrize

from models.findings.network import Network
from models.vectors import default_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]


def trained(network: Network) -> dict[str, Floats]:
    """What training changed, by name, as float16: half the size, no score moves by 0.001."""
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
    """The weights of several models as one array a name, (models, …)."""
    import numpy as np

    return {name: np.stack([m[name] for m in models]) for name in models[0]}


def network_from(arrays: Mapping[str, Floats], header: Mapping[str, Any], model: int) -> Network:
    """One of the artefact's networks, its changes merged into the encoder, ready to read."""
    network = Network(default_folder(), len(header["patterns"]), rank=int(header["rank"]))
    put_weights(network, {name: arrays[name][model] for name in trained(network)})
    for layer in list(network.encoder.modules()):
        if isinstance(layer, nn.Linear):
            parametrize.remove_parametrizations(layer, "weight", leave_parametrized=True)
    network.eval()
    return network


def write_artefact(path: Path, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
    """Arrays and a JSON header in one npz without a pickle in it."""
    import numpy as np

    text = json.dumps(header, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, allow_pickle=False, header=np.frombuffer(text, dtype=np.uint8), **arrays)
