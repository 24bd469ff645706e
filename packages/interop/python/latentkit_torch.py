"""A Latentkit model in PyTorch: python3 -c "from latentkit_torch import load; print(load('.'))"

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
