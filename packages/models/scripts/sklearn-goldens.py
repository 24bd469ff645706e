"""Writes fixtures/sklearn-mixture.json: mixtures of normal distributions fitted by scikit-learn from a given start, in float64.

Run from packages/models: python3 scripts/sklearn-goldens.py   (made with scikit-learn 1.9)
"""
import json

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

random = np.random.default_rng(20140510)
COUNT, SIZE, COMPONENTS = 90, 3, 3

turn = random.normal(size=(COMPONENTS, SIZE, SIZE))
centres = random.normal(size=(COMPONENTS, SIZE)) * 2
points = np.concatenate(
    [random.normal(size=(COUNT // COMPONENTS, SIZE)) @ turn[i] + centres[i] for i in range(COMPONENTS)]
).astype(np.float32).astype(float)

start = {
    "weights": np.full(COMPONENTS, 1 / COMPONENTS),
    "means": points[[0, 40, 80]],
    "covariances": np.stack([np.eye(SIZE) * (1 + i) for i in range(COMPONENTS)]),
}

fits = []
for iterations in (1, 5, 200):
    mixture = GaussianMixture(
        COMPONENTS, covariance_type="full", tol=1e-6, reg_covar=1e-6, max_iter=iterations,
        weights_init=start["weights"], means_init=start["means"],
        precisions_init=np.linalg.inv(start["covariances"]),
    ).fit(points)
    fits.append({
        "iterations": iterations,
        "made": int(mixture.n_iter_),
        "converged": bool(mixture.converged_),
        "lowerBound": float(mixture.lower_bound_),
        "weights": mixture.weights_.tolist(),
        "means": mixture.means_.flatten().tolist(),
        "covariances": mixture.covariances_.flatten().tolist(),
    })

with open("fixtures/sklearn-mixture.json", "w") as file:
    json.dump({
        "sklearn": sklearn.__version__,
        "size": SIZE,
        "points": points.flatten().tolist(),
        "start": {k: v.flatten().tolist() for k, v in start.items()},
        "fits": fits,
    }, file)
    file.write("\n")
