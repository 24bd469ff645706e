"""What the engines in Python share: the protocol of protocol.ts, as serve-rows.ts has it for those in JavaScript.

A greeting, then for each line {"row": ..., "repeats": n} on stdin a line {"ms": [...], "peakBytes": n} (and "loss" where a
model is trained) or {"error": ...} on stdout, until stdin closes.

Arguments of an engine: the workload's file, the variant (`how` it computes), the number of threads.
"""
import json
import os
import sys
import time

FIRST_STEPS = 10  # whose mean loss is told: enough to know another model, few enough for the first request
TRAINING = "train-step/"


def send(message):
    print(json.dumps(message), flush=True)


def give_up(why):
    """Ends the engine with the reason that it cannot work."""
    send({"error": why})
    sys.exit()


def read_arguments():
    """The workload, the variant and the number of threads."""
    path, variant, threads = sys.argv[1:4]
    with open(path) as file:
        return json.load(file), variant, int(threads)


def keep_to_cores(count):
    """Keeps this process to so many of its cores, for libraries whose threads are as many as those: before their import."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def read_images(workload):
    """The bytes of all images, uint8 [count, pixels]."""
    import numpy as np  # after keep_to_cores, as its BLAS counts the cores
    return np.fromfile(workload["images"], np.uint8).reshape(workload["count"], -1)


def batches(images, size):
    """Batches of shuffled images for ever, uint8 [size, pixels]."""
    import numpy as np
    generator = np.random.default_rng(0)
    while True:
        order = generator.permutation(len(images))
        for i in range(0, len(images) - size + 1, size):
            yield images[order[i:i + size]]


def check_parameters(name, count, description):
    """Raises where a model has not as many parameters as Latentkit's: it is another model then."""
    if count != description["parameters"]:
        raise ValueError(f"{name} has {count} parameters here, and should have {description['parameters']}")


def milliseconds(run):
    """How long a call took, and what it gave."""
    started = time.perf_counter()
    value = run()
    return (time.perf_counter() - started) * 1e3, value


def add_row(rows, name, begin, *arguments):
    """A row that `begin(*arguments)` begins, which gives what does it once; a training step gives its loss as a float."""
    def start():
        run = begin(*arguments)
        return lambda: milliseconds(run)
    rows[name] = start


def add_models(rows, workload, names, **kinds):
    """The rows of each kind (`train_step=begin`, ...) for the models of some names; `begin` takes name and description."""
    for kind, begin in kinds.items():
        for name, description in workload["models"].items():
            if name in names:
                add_row(rows, f"{kind.replace('_', '-')}/{name}", begin, name, description)


def add_products(rows, workload, begin):
    """The rows of matrix products; `begin` takes their operands as float32 arrays."""
    import numpy as np

    def draw(m, k, n):
        generator = np.random.default_rng(0)
        return begin(*(generator.uniform(-1, 1, shape).astype(np.float32) for shape in ((m, k), (k, n))))
    for name, sizes in workload["products"].items():
        add_row(rows, f"gemm/{name}", draw, *sizes)


def peak_bytes():
    """The most memory that this process had resident; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def serve(rows, workers, versions, how=None):
    """`rows` by name: each begins, and gives what does it once and tells (milliseconds, value). One is in memory at a time."""
    send({"ready": True, "rows": list(rows), "workers": workers, "versions": versions, "how": how})
    current, measure, losses = None, None, []
    try:
        for line in sys.stdin:
            request = json.loads(line)
            try:
                if request["row"] != current:
                    current, measure, losses = None, None, []
                    measure = rows[request["row"]]()
                    current = request["row"]
                answer = {"ms": []}
                for _ in range(request["repeats"]):
                    ms, value = measure()
                    answer["ms"].append(ms)
                    if current.startswith(TRAINING) and len(losses) < FIRST_STEPS:
                        losses.append(value)
                if len(losses) == FIRST_STEPS:
                    answer["loss"] = sum(losses) / FIRST_STEPS
                send({**answer, "peakBytes": peak_bytes()})
            except Exception as error:  # one row that cannot be run is no reason to lose the others
                send({"error": f"{type(error).__name__}: {error}"})
    except KeyboardInterrupt:
        pass
