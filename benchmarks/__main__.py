"""`python -m benchmarks W`: measures and prints Markdown; W is queries, fanout, ingest, store, start or storm."""

import importlib
import signal
import sys

RUNS = ("queries", "fanout", "ingest", "store", "start", "storm")


def main() -> None:
    """Runs one of them."""
    name = sys.argv[1] if len(sys.argv) > 1 else "queries"
    if name not in RUNS:
        sys.exit(f"benchmarks: {name} is none of {', '.join(RUNS)}")
    # Ended by a signal, it still ends the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    print(importlib.import_module(f"benchmarks.{name}").run())


if __name__ == "__main__":
    main()
