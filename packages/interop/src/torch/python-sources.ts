// Written by scripts/write-python-sources.js from the files in python/; a test holds the two in step.

/** `python/latentkit_torch.py`. */
export const TORCH_SOURCE = `"""A Latentkit model in PyTorch: python3 -c "from latentkit_torch import load; print(load('.'))"

    model = load("folder")                    # config.json and model.safetensors
    mean, log_var = model.encode(images)      # [batch, channels, height, width], 0 to 1 -> [batch, latent] each
    images = model.decode(mean)               # back
    model.train(); torch.optim.Adam(model.parameters())  # it is an ordinary module

Needs torch alone. Results are Latentkit's up to rounding, and not bit for bit.
"""

import json
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch import nn


def read_safetensors(path):
    """Tensors by name: eight bytes of length, a header of JSON, numbers."""
    file = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", file[:8])
    header = json.loads(file[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, info in header.items():
        start, end = info["data_offsets"]
        numbers = torch.frombuffer(bytearray(file[8 + length + start : 8 + length + end]), dtype=torch.float32)
        tensors[name] = numbers.reshape(info["shape"])
    return tensors


class Layer(nn.Module):
    """A product, a norm or a block of such; what the class adds, and an activation."""

    def __init__(self, plan, tensors):
        super().__init__()
        self.plan = plan
        for name in ("weight", "bias"):
            self.register_parameter(name, None)
        for name, tensor in tensors.items():
            if name.startswith("running_"):
                self.register_buffer(name, tensor)
            else:
                self.register_parameter(name, nn.Parameter(tensor))

    def forward(self, x, labels=None):
        plan = self.plan
        if plan["type"] == "dense":
            y = F.linear(x.flatten(1), self.weight, self.bias).reshape(len(x), *plan["output"])
        elif plan["type"] == "convolution":
            top, left, bottom, right = plan["pads"]
            y = F.conv2d(F.pad(x, (left, right, top, bottom)), self.weight, self.bias, plan["stride"])
        elif plan["type"] == "groupNorm":
            y = F.group_norm(x, plan["groups"], self.weight, self.bias)
        elif plan["type"] == "batchNorm":
            y = F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, self.training)
        elif plan["type"] == "residual":
            y = x
            for inner in plan["body"]:
                y = self.get_submodule(inner["name"].split(".")[-1])(y, labels)
            y = x + y
        else:
            # Without padding and cut to size: PyTorch's own padding cuts both sides alike, and ours may not.
            top, left, _, _ = plan["pads"]
            _, height, width = plan["output"]
            y = F.conv_transpose2d(x, self.weight, self.bias, plan["stride"], output_padding=plan["extra"])
            y = y[..., top : top + height, left : left + width]
        if plan["conditioned"]:
            added = labels @ self.condition
            y = y + (added.reshape(y.shape) if added.numel() == y.numel() else added[..., None, None])
        if plan["activation"] == "relu":
            return F.relu(y)
        if plan["activation"] == "leakyRelu":
            return F.leaky_relu(y, 0.2)
        return torch.tanh(y) if plan["activation"] == "tanh" else y


class Model(nn.Module):
    """Encoder and decoder; labels are one-hot, [batch, classes], where the model is told classes."""

    def __init__(self, config, tensors):
        super().__init__()
        self.config = config
        for plan in [layer for part in config["layers"].values() for layer in part]:
            self._add(plan, tensors)

    def _add(self, plan, tensors):
        """A layer at the place that its name says, and those of a block in it."""
        *path, name = plan["name"].split(".")
        place = self
        for step in path:
            if not hasattr(place, step):
                place.add_module(step, nn.Module())
            place = getattr(place, step)
        own = {key.rsplit(".", 1)[1]: value for key, value in tensors.items() if key.rsplit(".", 1)[0] == plan["name"]}
        place.add_module(name, Layer(plan, own))
        for inner in plan.get("body", []):
            self._add(inner, tensors)

    def _run(self, part, x, labels):
        for plan in self.config["layers"][part]:
            x = self.get_submodule(plan["name"])(x, labels)
        return x

    def encode(self, images, labels=None):
        """Means and log variances; of a plain autoencoder the code alone."""
        low, high = self.config["range"]
        features = self._run("encoder", low + (high - low) * images, labels)
        heads = [self.get_submodule(plan["name"])(features, labels) for plan in self.config["layers"]["heads"]]
        return tuple(heads) if len(heads) > 1 else heads[0]

    def decode(self, latent, labels=None):
        """Images from 0 to 1; any numbers where the output is linear."""
        low, high = self.config["range"]
        features = self._run("decoder", latent, labels)
        y = self.get_submodule(self.config["layers"]["outputs"][0]["name"])(features, labels)
        y = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "linear": lambda y: y}[self.config["output"]](y)
        return (y - low) / (high - low)

    def forward(self, images, labels=None):
        """The images that the mean codes stand for."""
        codes = self.encode(images, labels)
        return self.decode(codes[0] if isinstance(codes, tuple) else codes, labels)


def load(folder):
    """The model of a folder that holds config.json and model.safetensors."""
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    return Model(config, read_safetensors(folder / "model.safetensors")).eval()
`;

/** `python/latentkit_numpy.py`. */
export const NUMPY_SOURCE = `"""A Latentkit model in NumPy alone, to read and to check others by: slow, and short.

    model = load("folder")                    # config.json and model.safetensors
    mean, log_var = model.encode(images)      # [batch, channels, height, width], 0 to 1 -> [batch, latent] each
    images = model.decode(mean)               # back
"""

import json
import pathlib
import struct

import numpy as np


def read_safetensors(path):
    """Arrays by name: eight bytes of length, a header of JSON, numbers."""
    file = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", file[:8])
    header = json.loads(file[8 : 8 + length])
    header.pop("__metadata__", None)
    arrays = {}
    for name, info in header.items():
        start, end = info["data_offsets"]
        arrays[name] = np.frombuffer(file[8 + length + start : 8 + length + end], "<f4").reshape(info["shape"])
    return arrays


def convolve(x, weight, stride, pads):
    """Sums over the window of each pixel: x [batch, in, h, w], weight [out, in, kh, kw]."""
    top, left, bottom, right = pads
    x = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))
    height, width = [(size - kernel) // stride + 1 for size, kernel in zip(x.shape[2:], weight.shape[2:])]
    y = 0
    for row, column in np.ndindex(weight.shape[2:]):
        window = x[:, :, row : row + height * stride : stride, column : column + width * stride : stride]
        y = y + np.einsum("bihw,oi->bohw", window[:, :, :height, :width], weight[:, :, row, column])
    return y


def spread(x, weight, stride, pads, size):
    """Each pixel spread over its window, the transpose of convolve: x [batch, in, h, w], weight [in, out, kh, kw]."""
    top, left, _, _ = pads
    rows, columns = [(n - 1) * stride + 1 for n in x.shape[2:]]
    full = [max(n + k - 1, before + want) for n, k, before, want in zip((rows, columns), weight.shape[2:], (top, left), size)]
    y = np.zeros((len(x), weight.shape[1], *full), np.float32)
    for row, column in np.ndindex(weight.shape[2:]):
        part = np.einsum("bihw,io->bohw", x, weight[:, :, row, column])
        y[:, :, row : row + rows : stride, column : column + columns : stride] += part
    return y[:, :, top : top + size[0], left : left + size[1]]


def normalise(x, mean, variance):
    return (x - mean) / np.sqrt(variance + 1e-5)


def normalise_groups(x, groups):
    """Over all positions and the channels of a group."""
    rows = x.reshape(len(x), groups, -1)
    return normalise(rows, rows.mean(2, keepdims=True), rows.var(2, keepdims=True)).reshape(x.shape)


ACTIVATIONS = {
    "linear": lambda y: y,
    "relu": lambda y: np.maximum(y, 0),
    "leakyRelu": lambda y: np.where(y < 0, np.float32(0.2) * y, y),
    "tanh": np.tanh,
    "sigmoid": lambda y: 1 / (1 + np.exp(-y)),
}


class Model:
    """Encoder and decoder; labels are one-hot, [batch, classes], where the model is told classes."""

    def __init__(self, config, arrays):
        self.config, self.arrays = config, arrays

    def _layer(self, plan, x, labels):
        names = ("weight", "bias", "running_mean", "running_var")
        weight, bias, mean, variance = [self.arrays.get(f"{plan['name']}.{name}") for name in names]
        by_channel = lambda array: array[:, None, None]
        if plan["type"] == "dense":
            y = (x.reshape(len(x), -1) @ weight.T + bias).reshape(len(x), *plan["output"])
        elif plan["type"] == "residual":
            y = x + self._run(plan["body"], x, labels)
        else:
            if plan["type"] == "convolution":
                y = convolve(x, weight, plan["stride"], plan["pads"])
            elif plan["type"] == "groupNorm":
                y = normalise_groups(x, plan["groups"]) * by_channel(weight)
            elif plan["type"] == "batchNorm":
                y = normalise(x, by_channel(mean), by_channel(variance)) * by_channel(weight)
            else:
                y = spread(x, weight, plan["stride"], plan["pads"], plan["output"][1:])
            if bias is not None:
                y = y + by_channel(bias)
        if plan["conditioned"]:
            added = labels @ self.arrays[f"{plan['name']}.condition"]
            y = y + (added.reshape(y.shape) if added.size == y.size else added[..., None, None])
        return ACTIVATIONS[plan["activation"]](y)

    def _run(self, plans, x, labels):
        for plan in plans:
            x = self._layer(plan, x, labels)
        return x

    def encode(self, images, labels=None):
        """Means and log variances; of a plain autoencoder the code alone."""
        low, high = self.config["range"]
        features = self._run(self.config["layers"]["encoder"], low + (high - low) * images, labels)
        heads = [self._layer(plan, features, labels) for plan in self.config["layers"]["heads"]]
        return tuple(heads) if len(heads) > 1 else heads[0]

    def decode(self, latent, labels=None):
        """Images from 0 to 1; any numbers where the output is linear."""
        low, high = self.config["range"]
        features = self._run(self.config["layers"]["decoder"], latent, labels)
        y = self._layer(self.config["layers"]["outputs"][0], features, labels)
        return (ACTIVATIONS[self.config["output"]](y) - low) / (high - low)


def load(folder):
    """The model of a folder that holds config.json and model.safetensors."""
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    return Model(config, read_safetensors(folder / "model.safetensors"))
`;
