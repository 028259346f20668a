"""Runs the benchmarks and prints one row each: ours, the limit of the same run, the ratio, the bar.

``python -m tests.bench [NAME …] [--rounds N]`` writes ``bench.json`` beside the table. Machines
differ: the ratio is the result, the times are only colour.
"""

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

from tests import bench
from tests.bench.rows import Result


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run (default: all)")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    found = sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if module.name not in ("rows", "cold", "__main__")
    )
    unknown = set(arguments.names) - set(found)
    if unknown:
        sys.stderr.write(f"no such benchmark: {', '.join(sorted(unknown))}; there are {found}\n")
        return 2
    results: list[Result] = []
    sys.stdout.write(Result.heading() + "\n")
    for name in arguments.names or found:
        for result in importlib.import_module(f"tests.bench.{name}").run(arguments.rounds):
            sys.stdout.write(result.line() + "\n")
            sys.stdout.flush()
            results.append(result)
    Path("bench.json").write_text(json.dumps([r.plain() for r in results], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
