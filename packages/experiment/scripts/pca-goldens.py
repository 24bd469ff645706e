"""Writes fixtures/pca.json: the first two principal components by NumPy's SVD, in float64.

Run from packages/experiment: /usr/bin/python3 scripts/pca-goldens.py   (made with numpy 1.24, as in Debian 12)
"""
import json

import numpy as np

random = np.random.RandomState(1901)  # Pearson 1901


def case(name, points):
    points = points.astype(np.float32).astype(np.float64)
    centred = points - points.mean(axis=0)
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    for direction in directions:
        direction *= np.sign(direction[np.argmax(np.abs(direction))])
    scores = centred @ directions[:2].T
    explained = singular**2 / (singular**2).sum()
    return {
        "name": name,
        "dimensions": points.shape[1],
        "points": points.flatten().tolist(),
        "x": scores[:, 0].tolist(),
        "y": scores[:, 1].tolist(),
        "explained": explained[:2].tolist(),
    }


def correlated(count, dimensions, scales, offset=0.0):
    basis, _ = np.linalg.qr(random.randn(dimensions, dimensions))
    return (random.randn(count, dimensions) * scales) @ basis + offset


cases = [
    case("5 dimensions", correlated(40, 5, np.array([3, 2, 1, 0.5, 0.1]))),
    case("20 dimensions", correlated(60, 20, np.linspace(4, 0.2, 20))),
    case("far from the origin", correlated(30, 3, np.array([2, 1, 0.5]), offset=1000)),
    case("fewer points than dimensions", correlated(4, 9, np.linspace(3, 1, 9))),
    case("very unequal scales", random.randn(30, 4) * np.array([1e4, 1, 1e-3, 1e-6])),
]
with open("fixtures/pca.json", "w") as file:
    json.dump({"cases": cases}, file)
