"""Writes fixtures/pca.json: principal components by scikit-learn's exact solver, in float64.

Run from packages/projections: /usr/bin/python3 scripts/pca-goldens.py   (made with scikit-learn 1.2, as in Debian 12)
"""
import json

import numpy as np
from sklearn.decomposition import PCA

random = np.random.RandomState(1901)  # Pearson 1901


def case(name, points, components, resolved=None):
    """`resolved`: how many of the components have a variance, and so a direction that is not arbitrary."""
    points = points.astype(np.float32).astype(np.float64)
    pca = PCA(components, svd_solver="full").fit(points)
    whitened = PCA(components, svd_solver="full", whiten=True).fit(points)
    signs = np.array([np.sign(row[np.argmax(np.abs(row))]) for row in pca.components_])
    resolved = components if resolved is None else resolved
    return {
        "name": name,
        "dimensions": points.shape[1],
        "points": rounded(points),
        "components": components,
        "resolved": resolved,
        "mean": rounded(pca.mean_),
        "directions": rounded((pca.components_ * signs[:, None])[:resolved]),
        "explainedVariance": rounded(pca.explained_variance_[:resolved]),
        "explainedVarianceRatio": rounded(pca.explained_variance_ratio_[:resolved]),
        "singularValues": rounded(pca.singular_values_[:resolved]),
        "codes": rounded((pca.transform(points) * signs)[:, :resolved]),
        "whitened": rounded((whitened.transform(points) * signs)[:, :resolved]),
    }


def rounded(numbers):
    return [float(f"{number:.9g}") for number in numbers.flatten()]  # tells float32 numbers apart


def correlated(count, dimensions, scales, offset=0.0):
    basis, _ = np.linalg.qr(random.randn(dimensions, dimensions))
    return (random.randn(count, dimensions) * scales) @ basis + offset


def with_constant_columns():
    points = correlated(12, 5, np.array([3, 2, 1, 0.5, 0.1]))
    points[:, [1, 4]] = [7, -1]
    return points


cases = [
    case("5 dimensions, all components", correlated(40, 5, np.array([3, 2, 1, 0.5, 0.1])), 5),
    case("20 dimensions", correlated(60, 20, np.linspace(4, 0.2, 20)), 3),
    case("far from the origin", correlated(30, 3, np.array([2, 1, 0.5]), offset=1000), 2),
    case("fewer points than dimensions", correlated(4, 9, np.linspace(3, 1, 9)), 4, resolved=3),
    case("very unequal scales", random.randn(30, 4) * np.array([1e4, 1, 1e-3, 1e-6]), 2),
    case("constant columns", with_constant_columns(), 5, resolved=3),
    case("points on a plane", correlated(17, 6, np.array([3, 1, 0, 0, 0, 0])), 4, resolved=2),
    case("two points", np.array([[1, 1, 1], [4, 5, 1]]), 2, resolved=1),
    case("three points", np.array([[1, 1, 1, 0], [4, 5, 1, 2], [0, 2, 7, 1]]), 3, resolved=2),
    case("many dimensions", np.round(correlated(75, 70, 4 * 0.9 ** np.arange(70)), 2), 2),
    case("fewer points than many dimensions", np.round(correlated(66, 90, 4 * 0.9 ** np.arange(90)), 2), 2),
]
with open("fixtures/pca.json", "w") as file:
    json.dump({"cases": cases}, file)
