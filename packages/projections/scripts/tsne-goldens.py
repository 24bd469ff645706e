"""Writes fixtures/tsne.json: joint affinities and final divergences of scikit-learn's exact t-SNE.

The perplexity is a third of the other points, so that all of them are neighbours and the affinities are the same.

Run from packages/projections: /usr/bin/python3 scripts/tsne-goldens.py   (made with scikit-learn 1.2, as in Debian 12)
"""
import json

import numpy as np
from scipy.spatial.distance import squareform
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities
from sklearn.metrics import pairwise_distances

random = np.random.RandomState(2008)  # van der Maaten and Hinton 2008


def blobs(count, dimensions, centres):
    middles = 4 * random.randn(centres, dimensions)
    return middles[np.arange(count) % centres] + random.randn(count, dimensions)


def curve(count):
    t = np.linspace(0, 4 * np.pi, count)
    return np.stack([np.cos(t), np.sin(t), t / 3], axis=1) + 0.05 * random.randn(count, 3)


def case(name, points, with_affinities=False):
    points = np.round(points, 3).astype(np.float32)
    count = len(points)
    perplexity = (count - 1) / 3
    tsne = TSNE(method="exact", perplexity=perplexity, init="pca", learning_rate="auto", n_iter=1000, random_state=0)
    tsne.fit(points)
    result = {
        "name": name,
        "dimensions": points.shape[1],
        "points": [float(f"{number:.3f}") for number in points.flatten()],
        "perplexity": perplexity,
        "kl": float(f"{tsne.kl_divergence_:.6g}"),
    }
    if with_affinities:
        squares = pairwise_distances(points, metric="euclidean", squared=True)
        p = squareform(_joint_probabilities(squares, perplexity, 0))
        result["affinities"] = [float(f"{number:.6g}") for number in p.flatten()]
    return result


cases = [
    case("three blobs", blobs(91, 5, 3)),
    case("six blobs", blobs(121, 8, 6)),
    case("a spiral", curve(61)),
    case("one blob", blobs(19, 4, 1), with_affinities=True),
]
with open("fixtures/tsne.json", "w") as file:
    json.dump(cases, file)
    file.write("\n")
for one in cases:
    print(one["name"], one["kl"])
