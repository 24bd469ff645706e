"""An engine of `pnpm bench`: scikit-learn. Argument: the projections' workload.

Speaks the protocol of protocol.ts as pytorch.py does; a time is a map of the next seed, which is left in a file. Needs: sklearn
(Debian: python3-sklearn).
"""
import json
import os
import sys
import time
import warnings


def send(message):
    print(json.dumps(message), flush=True)


try:
    import numpy as np
    import sklearn
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
except ImportError as error:
    send({"error": f"{sys.executable} cannot import sklearn ({error}); on Debian: apt-get install python3-sklearn"})
    sys.exit()

warnings.filterwarnings("ignore")
METHODS = {
    "pca": lambda seed: PCA(2, svd_solver="full"),
    "tsne": lambda seed: TSNE(init="pca", learning_rate="auto", n_iter=1000, n_iter_without_progress=1000, random_state=seed),
}


def starts(workload):
    for row in workload["rows"]:
        if row["method"] in METHODS and row["images"] == "test":
            yield row["name"], row


def main():
    with open(sys.argv[1]) as file:
        workload = json.load(file)
    rows = dict(starts(workload))
    send({"ready": True, "rows": list(rows), "workers": 1, "versions": {"sklearn": sklearn.__version__}})
    seeds = {name: 0 for name in rows}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            row = rows[request["row"]]
            x = np.fromfile(row["file"], dtype=np.float32).reshape(row["points"], row["dimensions"])
            ms = []
            for _ in range(request["repeats"]):
                seed = seeds[row["name"]]
                seeds[row["name"]] += 1
                started = time.perf_counter()
                embedding = METHODS[row["method"]](seed).fit_transform(x)
                ms.append((time.perf_counter() - started) * 1e3)
                name = f"scikit-learn-{row['name'].split('/')[1]}-{seed}.f32"
                embedding.astype(np.float32).tofile(os.path.join(workload["folder"], name))
            send({"ms": ms})
        except Exception as error:  # one row that cannot be run is no reason to lose the others
            send({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
