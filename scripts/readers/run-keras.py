"""Loads exported models in Keras and runs them.

Usage: KERAS_BACKEND=... python3 run-keras.py FOLDER
Prints a JSON row a folder: the largest difference of each output from what Latentkit computed.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np


def last(array):
    """Images with their channels last, as Keras has them."""
    return np.moveaxis(array, 1, -1)


def run(model, first, labels):
    values = model([first, labels] if labels is not None else first)
    return [keras.ops.convert_to_numpy(value) for value in (values if isinstance(values, (list, tuple)) else [values])]


def difference(got, expected):
    assert got.shape == expected.shape, f"expected {expected.shape}, got {got.shape}"
    return float(np.abs(got - expected).max())


for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    arrays = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    labels = arrays.get("labels")
    encoder, decoder = [keras.saving.load_model(folder / f"{part}.keras") for part in ("encoder", "decoder")]
    names = ("mean", "log_var") if "mean" in arrays else ("code",)
    codes = run(encoder, last(arrays["images"]), labels)
    row = {name: difference(code, arrays[name]) for name, code in zip(names, codes, strict=True)}
    (images,) = run(decoder, arrays["codes"], labels)
    row["pixel_values"] = difference(images, last(arrays["decoded"]))
    print(json.dumps({"case": folder.name, **row}))
