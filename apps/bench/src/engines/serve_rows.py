"""What the engines in Python share: the protocol of protocol.ts, as serve-rows.ts has it for those in JavaScript.

A greeting, then for each line {"row": ..., "repeats": n} on stdin a line {"ms": [...]} or {"error": ...} on stdout, until
stdin closes.
"""
import json
import sys
import time


def send(message):
    print(json.dumps(message), flush=True)


def read_workload():
    with open(sys.argv[1]) as file:
        return json.load(file)


def milliseconds(run):
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1e3


def serve(rows, workers, versions):
    """`rows` by name: each begins and gives what does it once and tells the milliseconds. One row is in memory at a time."""
    send({"ready": True, "rows": list(rows), "workers": workers, "versions": versions})
    current, measure = None, None
    try:
        for line in sys.stdin:
            request = json.loads(line)
            try:
                if request["row"] != current:
                    current, measure = None, None
                    measure = rows[request["row"]]()
                    current = request["row"]
                send({"ms": [measure() for _ in range(request["repeats"])]})
            except Exception as error:  # one row that cannot be run is no reason to lose the others
                send({"error": f"{type(error).__name__}: {error}"})
    except KeyboardInterrupt:
        pass
