"""Runs the benchmarks and prints one row each: ours, the limit of the same run, the ratio, the bar.

``python -m tests.bench [NAME …] [--rounds N] [--large DIR]`` brings the rows of ``bench.json`` up
to date. Machines differ: the ratio is the result, the times are only colour.
"""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import bench
from tests.bench.rows import Result


def _measured(name: str, rounds: int, large: Path | None, minutes: float) -> Iterator[Result]:
    module = importlib.import_module(f"tests.bench.{name}")
    if large is None:
        yield from module.run(rounds)
        if hasattr(module, "run_minutes"):
            yield from module.run_minutes(minutes)
    elif hasattr(module, "run_large"):
        yield from module.run_large(rounds, large.resolve())


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run (default: all)")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument(
        "--large",
        type=Path,
        metavar="DIR",
        help="measure at scale L: on the territory there (kamdesk demo DIR --accounts 20000)",
    )
    parser.add_argument(
        "--minutes", type=float, default=0.7, help="how long a hub is under load (default: 0.7)"
    )
    arguments = parser.parse_args()
    found = sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if module.name
        not in (
            "rows",
            "cold",
            "load",
            "first_sync",
            "first_sync_child",
            "peers",
            "beside",
            "sync_peers",
            "territory",
            "window_child",
            "__main__",
        )
    )
    unknown = set(arguments.names) - set(found)
    if unknown:
        sys.stderr.write(f"no such benchmark: {', '.join(sorted(unknown))}; there are {found}\n")
        return 2
    results: list[Result] = []
    sys.stdout.write(Result.heading() + "\n")
    for name in arguments.names or found:
        for result in _measured(name, arguments.rounds, arguments.large, arguments.minutes):
            sys.stdout.write(result.line() + "\n")
            sys.stdout.flush()
            results.append(result)
    out = Path("bench.json")
    before = json.loads(out.read_text()) if out.exists() else []
    fresh = {(result.name, result.scale): result.plain() for result in results}
    rows = {(row["name"], row["scale"]): row for row in before} | fresh
    out.write_text(json.dumps(list(rows.values()), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
