"""Writes fixtures/scipy.json: log gamma with its slope, and beta-binomial probabilities, from SciPy in float64.

Run from packages/losses: python3 scripts/scipy-goldens.py   (made with scipy 1.17)
"""
import json

import numpy as np
import scipy
from scipy.special import digamma, expit, gammaln
from scipy.stats import betabinom

x = np.float32([1e-30, 1e-6, 0.01, 0.1, 0.5, 0.9, 1, 1.2, 1.4616321, 1.5, 2, 2.5, 3, 5, 10, 50, 256, 1e3, 1e5, 1e8]).astype(float)

logits, log_concentrations = [-6.0, -1.0, 0.0, 2.5], [-4.0, 0.0, 3.0, 7.0, 7.9]
counts = [0, 1, 2, 100, 254, 255]
rows = []
for l in logits:
    for c in log_concentrations:
        a, b = expit(l) * np.exp(c), expit(-l) * np.exp(c)
        rows.append({"logit": l, "logConcentration": c, "nll": (-betabinom.logpmf(counts, 255, a, b)).tolist()})

with open("fixtures/scipy.json", "w") as file:
    json.dump(
        {
            "scipy": scipy.__version__,
            "gamma": {"x": x.tolist(), "logGamma": gammaln(x).tolist(), "digamma": digamma(x).tolist()},
            "betaBinomial": {"counts": counts, "rows": rows},
        },
        file,
    )
    file.write("\n")
