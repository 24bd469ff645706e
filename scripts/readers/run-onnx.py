"""Checks the ONNX files of write-cases.js with ONNX's own checker, and runs them in onnxruntime.

Usage: python3 run-onnx.py FOLDER
Prints a JSON row a folder: the largest difference of each output from what Latentkit computed.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime as ort


def run(path, inputs):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = ort.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    names = {value.name for value in session.get_inputs()}
    values = session.run(None, {name: value for name, value in inputs.items() if name in names})
    metadata = session.get_modelmeta().custom_metadata_map
    assert "latentkit.model" in metadata, "the file does not say what model it is of"
    return dict(zip([value.name for value in session.get_outputs()], values))


def difference(got, expected):
    assert got.shape == expected.shape, f"expected {expected.shape}, got {got.shape}"
    return float(np.abs(got - expected).max())


for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    arrays = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    labels = {"labels": arrays["labels"]} if "labels" in arrays else {}
    codes = run(folder / "encoder_model.onnx", {"pixel_values": arrays["images"], **labels})
    made = run(folder / "decoder_model.onnx", {"latent": arrays["codes"], **labels})
    row = {name: difference(codes[name], arrays[name]) for name in ("mean", "log_var", "code") if name in arrays}
    first = arrays["mean"] if "mean" in arrays else arrays["code"]
    row["image_embeds"] = difference(codes["image_embeds"], first)
    row["pixel_values"] = difference(made["pixel_values"], arrays["decoded"])
    print(json.dumps({"case": folder.name, **row}))
