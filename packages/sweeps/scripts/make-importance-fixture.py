"""Writes fixtures/importance.json: SciPy's H of Kruskal and Wallis and Spearman's correlations of some trials.

Run: python3 scripts/make-importance-fixture.py (SciPy 1.17, NumPy 2.4)
"""
import json
from pathlib import Path

import numpy as np
from scipy.stats import kruskal, spearmanr

rng = np.random.default_rng(11)
count = 30
dims = rng.choice([2, 5, 10, 20], count)
rates = 10 ** rng.uniform(-4, -2, count)
nets = rng.choice(["mlp", "conv", "residual"], count)
values = np.round((np.log10(rates) + 3) ** 2 * 6 + dims / 5 + rng.normal(0, 0.8, count), 1)


def share(groups):
    h = kruskal(*groups).statistic
    return max(0.0, float((h - len(groups) + 1) / (count - len(groups))))


by = lambda labels: [values[labels == one] for one in sorted(set(labels))]
quarters = np.ceil((np.argsort(np.argsort(rates)) + 1) * 4 / (count + 1))
fixture = {
    "trials": [
        {"settings": {"dim": int(d), "rate": float(r), "net": str(n)}, "value": float(v)}
        for d, r, n, v in zip(dims, rates, nets, values)
    ],
    "shares": {"dim": share(by(dims)), "rate": share(by(quarters)), "net": share(by(nets))},
    "correlations": {
        "dim": float(spearmanr(dims, values).statistic),
        "rate": float(spearmanr(rates, values).statistic),
    },
}
path = Path(__file__).parent.parent / "fixtures/importance.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
