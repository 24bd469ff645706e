"""Writes fixtures/tpe.json: log densities of Optuna's Parzen estimators over settings of every kind.

Run: python3 scripts/make-tpe-fixture.py (Optuna 5.0, NumPy 2.4)
"""
import json
from pathlib import Path

import numpy as np
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_gamma, default_weights
from scipy.stats import norm

SPACE = {
    "beta": FloatDistribution(0.5, 4),
    "rate": FloatDistribution(1e-4, 1e-2, log=True),
    "hidden": IntDistribution(16, 1024, step=16),
    "dim": IntDistribution(2, 64, log=True),
    "share": FloatDistribution(0.0, 0.5, step=0.01),
    "net": CategoricalDistribution(["mlp", "conv", "residual"]),
}
rng = np.random.default_rng(3)


def draw(count):
    """Settings as Optuna keeps them: of a choice its place. Numbers are all different, as NumPy leaves open how equal ones are sorted."""
    return {
        "beta": rng.uniform(0.5, 4, count),
        "rate": 10 ** rng.uniform(-4, -2, count),
        "hidden": 16.0 * rng.choice(np.arange(1, 65), count, replace=False),
        "dim": rng.choice(np.arange(2.0, 65.0), count, replace=False),
        "share": np.round(0.01 * rng.choice(51, count, replace=False), 2),
        "net": rng.integers(0, 3, count).astype(float),
    }


def rows(settings):
    return np.array([settings[name] for name in SPACE]).T.tolist()


cases = []
for count in (0, 1, 2, 6, 40):
    parameters = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
    observed, asked = draw(count), draw(6)
    estimator = _ParzenEstimator(observed, SPACE, parameters)
    cases.append(
        {"observed": rows(observed), "asked": rows(asked), "logDensities": estimator.log_pdf(asked).tolist()}
    )

pairs = [(-1, 1), (0, 0.5), (2.5, 2.6), (3, 3.2), (-8, -7.5), (6, 9), (-0.1, 12), (9, 9.25)]
fixture = {
    "cases": cases,
    "good": {count: default_gamma(count) for count in (0, 1, 10, 11, 45, 250, 999)},
    "masses": [
        [a, b, float(norm.cdf(b) - norm.cdf(a) if a < 0 < b else norm.cdf(-abs(min(a, b, key=abs))) - norm.cdf(-abs(max(a, b, key=abs))))]
        for a, b in pairs
    ],
}
path = Path(__file__).parent.parent / "fixtures/tpe.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
