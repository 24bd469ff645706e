"""Writes fixtures/sobol.json: points of SciPy's Sobol sequence, plain and scrambled, and what scrambled them.

Run: python3 scripts/make-sobol-fixture.py (SciPy 1.17, NumPy 2.4)
"""
import json
from pathlib import Path

import numpy as np
from scipy.stats import qmc

BITS = 32
DIMENSIONS = 40


def words(bits):
    """Rows of bits, the highest first, as words."""
    return [[int("".join(map(str, row)), 2) for row in matrix] for matrix in bits.tolist()]


plain = qmc.Sobol(DIMENSIONS, scramble=False, bits=BITS)
points = plain.random(64)

# The draws of qmc.Sobol._scramble, in its order, of the generator that it spawns.
rng = np.random.default_rng(7).spawn(1)[0]
shift = rng.integers(2, size=(3, BITS), dtype=np.uint32)
matrices = np.tril(rng.integers(2, size=(3, BITS, BITS), dtype=np.uint32))
scrambled = qmc.Sobol(3, scramble=True, bits=BITS, rng=np.random.default_rng(7))
shifts = [int(v) for v in np.dot(shift, 2 ** np.arange(BITS, dtype=np.uint32))]
assert shifts == [int(v) for v in scrambled._shift]

discrepancies = {}
for dimensions in (2, 5):
    discrepancies[dimensions] = [
        float(qmc.discrepancy(qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random(64)))
        for seed in range(20)
    ]

fixture = {
    "plain": [[int(v * 2**BITS) for v in row] for row in points[[1, 2, 3, 7, 31, 50, 63]]],
    "indices": [1, 2, 3, 7, 31, 50, 63],
    "matrices": words(matrices),
    "shifts": shifts,
    "scrambled": [[int(v * 2**BITS) for v in row] for row in scrambled.random(32)],
    "discrepancies": discrepancies,
}
path = Path(__file__).parent.parent / "fixtures/sobol.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
