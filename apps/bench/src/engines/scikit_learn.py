"""An engine of `pnpm bench`: scikit-learn. Argument: the projections' workload.

A time is that of a map of the next seed, which is left in a file. Needs: sklearn (Debian: python3-sklearn).
"""
import os
import sys
import warnings
from inspect import signature

from serve_rows import milliseconds, read_workload, send, serve

try:
    import numpy as np
    import sklearn
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
except ImportError as error:
    send({"error": f"{sys.executable} cannot import sklearn ({error}); on Debian: apt-get install python3-sklearn"})
    sys.exit()

warnings.filterwarnings("ignore")
ITERATIONS = {"max_iter" if "max_iter" in signature(TSNE).parameters else "n_iter": 1000}  # renamed in 1.5
METHODS = {
    "pca": lambda seed: PCA(2, svd_solver="full"),
    "tsne": lambda seed: TSNE(init="pca", learning_rate="auto", n_iter_without_progress=1000, random_state=seed, **ITERATIONS),
}


def start(row, folder):
    x = np.fromfile(row["file"], dtype=np.float32).reshape(row["points"], row["dimensions"])
    seed = -1

    def measure():
        nonlocal seed
        seed += 1
        embedding = None

        def run():
            nonlocal embedding
            embedding = METHODS[row["method"]](seed).fit_transform(x)
        ms = milliseconds(run)
        name = f"scikit-learn-{row['name'].split('/')[1]}-{seed}.f32"
        embedding.astype(np.float32).tofile(os.path.join(folder, name))
        return ms
    return measure


def main():
    workload = read_workload()
    rows = {
        row["name"]: lambda row=row: start(row, workload["folder"])
        for row in workload["rows"]
        if row["method"] in METHODS and row["images"] == "test"
    }
    serve(rows, 1, {"sklearn": sklearn.__version__})


if __name__ == "__main__":
    main()
