"""Writes fixtures/quality.json: what scikit-learn and SciPy say of some small maps.

Run: python3 scripts/make-quality-fixture.py (scikit-learn 1.2, SciPy 1.10, NumPy 1.24)
"""
import json
from pathlib import Path

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import spearmanr
from sklearn.manifold import trustworthiness
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors


def neighbors(x, k):
    return NearestNeighbors(n_neighbors=k).fit(x).kneighbors(return_distance=False)


def measure(x, y, labels, k):
    predicted = cross_val_predict(KNeighborsClassifier(k), y, labels, cv=LeaveOneOut())
    shared = [len(set(a) & set(b)) for a, b in zip(neighbors(x, k), neighbors(y, k))]
    return {
        "k": k,
        "trustworthiness": trustworthiness(x, y, n_neighbors=k),
        "cosineTrustworthiness": trustworthiness(x, y, n_neighbors=k, metric="cosine"),
        "continuity": trustworthiness(y, x, n_neighbors=k),
        "neighborRecall": float(np.sum(shared)) / (len(x) * k),
        # Two labels and an odd k: no ties.
        "labelAccuracy": float(np.mean(predicted == labels)) if k % 2 else None,
    }


def case(count, dimensions, noise, ks, seed):
    random = np.random.default_rng(seed)
    x = np.round(random.normal(size=(count, dimensions)), 3).astype(np.float32).astype(np.float64)
    y = np.round(x[:, :2] + noise * random.normal(size=(count, 2)), 3).astype(np.float32).astype(np.float64)
    labels = (x[:, 0] + 0.5 * random.normal(size=count) > 0).astype(int)
    return {
        "count": count,
        "dimensions": dimensions,
        "points": [float(f"{number:.3f}") for number in x.ravel()],
        "embedding": [float(f"{number:.3f}") for number in y.ravel()],
        "labels": labels.tolist(),
        "distanceCorrelation": float(spearmanr(pdist(x), pdist(y)).statistic),
        "of": [measure(x, y, labels, k) for k in ks],
    }


cases = [
    case(7, 3, 0.3, [1, 2, 3], 1),
    case(20, 5, 0.2, [1, 3, 5, 9], 2),
    case(57, 4, 1.0, [2, 7, 12, 27], 3),
    case(130, 6, 3.0, [5, 12, 31], 4),
]
path = Path(__file__).parent.parent / "fixtures" / "quality.json"
path.write_text(json.dumps({"madeBy": "scripts/make-quality-fixture.py", "cases": cases}) + "\n")
