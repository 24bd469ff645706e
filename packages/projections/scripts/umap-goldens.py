"""Numbers of UMAP's graph, curve and spectral layout, written from the paper's equations (arXiv:1802.03426) with NumPy and
SciPy: python3 packages/projections/scripts/umap-goldens.py > packages/projections/fixtures/umap.json"""

import json
import warnings

import numpy as np
from scipy.optimize import curve_fit
from scipy.sparse.linalg import eigsh

COUNT, DIMENSIONS, NEIGHBORS = 40, 4, 7  # NEIGHBORS counts the point itself


def smooth(distances, connectivity):
    """Algorithm 3: rho, and sigma by bisection."""
    positive = distances[distances > 0]
    whole = int(np.floor(connectivity))
    if len(positive) <= connectivity:
        rho = positive.max() if len(positive) else 0.0
    else:
        low = positive[whole - 1] if whole > 0 else 0.0
        rho = low + (connectivity - whole) * (positive[whole] - low)
    target = np.log2(len(distances) + 1)
    low, high = 0.0, 1e6
    for _ in range(300):
        sigma = (low + high) / 2
        if np.exp(-np.maximum(0, distances - rho) / sigma).sum() > target:
            high = sigma
        else:
            low = sigma
    return rho, max(sigma, 1e-3 * distances.mean())


def unite(weights, mix):
    both = weights * weights.T
    return mix * (weights + weights.T - both) + (1 - mix) * both


def supervise(weights, labels, target_weight):
    unknown = (labels[:, None] == -1) | (labels[None, :] == -1)
    different = labels[:, None] != labels[None, :]
    factor = np.where(unknown, np.exp(-1), np.where(different, np.exp(-2.5 / (1 - target_weight)), 1))
    scaled = weights * factor
    return unite(scaled / scaled.max(axis=1, keepdims=True), 1)


random = np.random.RandomState(5)
points = random.randn(COUNT, DIMENSIONS).astype(np.float32).round(3)
points[7] = points[8]  # a pair that coincides
distance = np.sqrt(((points[:, None].astype(float) - points[None]) ** 2).sum(-1)).astype(np.float32).astype(float)
smoothing = {}
directed = {}
for connectivity in (1, 1.5, 0.25, 3):
    rows = []
    matrix = np.zeros((COUNT, COUNT))
    for i in range(COUNT):
        order = [j for j in np.argsort(distance[i], kind="stable") if j != i][: NEIGHBORS - 1]
        near = distance[i, order]
        rho, sigma = smooth(near, connectivity)
        rows.append([rho, sigma])
        matrix[i, order] = np.exp(-np.maximum(0, near - rho) / sigma)
    smoothing[str(connectivity)] = rows
    directed[connectivity] = matrix

labels = random.randint(-1, 3, COUNT)
united = unite(directed[1], 1)
degrees = united.sum(1)
laplacian = np.eye(COUNT) - united / np.sqrt(np.outer(degrees, degrees))
values, vectors = eigsh(laplacian, k=4, which="SM", tol=1e-12)
order = np.argsort(values)


def curve(min_dist, spread):
    x = np.linspace(0, 3 * spread, 300)
    y = np.where(x < min_dist, 1.0, np.exp(-(x - min_dist) / spread))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (a, b), _ = curve_fit(lambda x, a, b: 1 / (1 + a * x ** (2 * b)), x, y, ftol=1e-14, xtol=1e-14)
    return {"minDist": min_dist, "spread": spread, "a": a, "b": b}


def entries(matrix):
    i, j = np.nonzero(matrix)
    return [[int(i), int(j), float(f"{matrix[i, j]:.9g}")] for i, j in zip(i, j)]


def short(numbers):
    return [float(f"{x:.10g}") for x in np.ravel(numbers)]


print(
    json.dumps(
        {
            "neighbors": NEIGHBORS,
            "shape": [COUNT, DIMENSIONS],
            "points": [float(f"{x:.4g}") for x in points.ravel()],
            "smoothing": {key: short(rows) for key, rows in smoothing.items()},
            "labels": labels.tolist(),
            "united": entries(united),
            "mixed": entries(unite(directed[1], 0.3)),
            "supervised": entries(supervise(united, labels, 0.5)),
            "eigenvalues": short(values[order]),
            "eigenvectors": [short(vectors[:, i]) for i in order[1:]],
            "curves": [curve(*pair) for pair in ((0.1, 1), (0, 1), (0.5, 1), (0.99, 1), (0.1, 0.5), (0.3, 2))],
        }
    )
)
