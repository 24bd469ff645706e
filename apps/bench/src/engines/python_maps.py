"""An engine of `pnpm bench`: maps of scikit-learn, openTSNE or umap-learn. Arguments: the projections' workload, which one, threads.

A time is that of a map of the next seed, which is left in a file; compiling is not in it. Needs: sklearn (Debian:
python3-sklearn), openTSNE, umap-learn (PyPI).
"""
import importlib
import os
import sys
import warnings
from inspect import signature

from serve_rows import give_up, keep_to_cores, milliseconds, read_arguments, serve

workload, variant, threads = read_arguments()
keep_to_cores(threads)
warnings.filterwarnings("ignore")
ITERATIONS = 1000


def scikit_learn():
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    iterations = "max_iter" if "max_iter" in signature(TSNE).parameters else "n_iter"  # renamed in 1.5
    options = {"init": "pca", "learning_rate": "auto", "n_iter_without_progress": ITERATIONS, iterations: ITERATIONS}

    def tsne(x, seed):
        return TSNE(random_state=seed, n_jobs=threads, **options).fit_transform(x)
    return {"pca": lambda x, seed: PCA(2, svd_solver="full").fit_transform(x), "tsne": tsne}


def open_tsne():
    from openTSNE import TSNE
    early = 250  # as scikit-learn and we have it

    def tsne(x, seed):
        return TSNE(early_exaggeration_iter=early, n_iter=ITERATIONS - early, random_state=seed, n_jobs=threads).fit(x)
    return {"tsne": tsne}


def umap_learn():
    from umap import UMAP
    return {"umap": lambda x, seed: UMAP(random_state=seed, n_jobs=threads).fit_transform(x)}


ENGINES = {
    "scikit-learn": (scikit_learn, "sklearn"), "openTSNE": (open_tsne, "openTSNE"), "umap-learn": (umap_learn, "umap")}


def reduce(x, components):
    from sklearn.decomposition import PCA
    return PCA(components, random_state=0).fit_transform(x)


def start(row, make):
    points, components = row["points"], row.get("components")
    x = np.fromfile(row["file"], dtype=np.float32).reshape(points, row["dimensions"])
    if variant != "scikit-learn":
        make(x[:min(points, 5000)], 0)  # Numba compiles at the first call; above 4,096 points other neighbours are sought
    seed = -1

    def measure():
        nonlocal seed
        seed += 1
        ms, embedding = milliseconds(lambda: make(reduce(x, components) if components else x, seed))
        name = f"{variant}-{row['name'].split('/')[1]}-{seed}.f32"
        np.asarray(embedding, np.float32).tofile(os.path.join(workload["folder"], name))
        return ms, None
    return measure


begin, module = ENGINES[variant]
try:
    import numpy as np
    methods, version = begin(), importlib.import_module(module).__version__
except ImportError as error:
    give_up(f"{sys.executable} cannot import {module} ({error})")
serve(
    {
        row["name"]: lambda row=row: start(row, methods[row["method"]])
        for row in workload["rows"]
        if row["method"] in methods and not row.get("isShared")
        and (variant != "scikit-learn" or row["images"] == "test")  # an hour for all
    },
    threads, {variant: version})
