"""Runs exported models by the Python file that lies beside them, in NumPy or in PyTorch.

Usage: python3 run-python.py numpy|torch FOLDER
Prints a JSON row a folder: the largest difference of each output from what Latentkit computed.
"""

import importlib.util
import json
import pathlib
import sys

import numpy as np

kind, root = sys.argv[1:]


def module_of(folder):
    spec = importlib.util.spec_from_file_location(f"latentkit_{kind}", folder / f"latentkit_{kind}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def given(array):
    if kind == "numpy":
        return array
    import torch

    return torch.from_numpy(array)


def difference(got, expected):
    got = got if kind == "numpy" else got.detach().numpy()
    assert got.shape == expected.shape, f"expected {expected.shape}, got {got.shape}"
    return float(np.abs(got - expected).max())


for folder in sorted(pathlib.Path(root).iterdir()):
    arrays = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    model = module_of(folder).load(folder)
    labels = given(arrays["labels"]) if "labels" in arrays else None
    codes = model.encode(given(arrays["images"]), labels)
    names = ("mean", "log_var") if "mean" in arrays else ("code",)
    codes = codes if isinstance(codes, tuple) else (codes,)
    row = {name: difference(code, arrays[name]) for name, code in zip(names, codes, strict=True)}
    row["pixel_values"] = difference(model.decode(given(arrays["codes"]), labels), arrays["decoded"])
    print(json.dumps({"case": folder.name, **row}))
