"""A process that forks once a fault: does a trial, lets one call fail, and judges what is left.

Started with the shim of ``tests/faults/shim.c`` loaded. Takes one JSON line a request (trial, kind,
sticky, points, control) and answers one JSON line a point. Of the kind ``power`` a point is the
seed of a loss of power; else the number of a call.
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

import sqlite_utils  # noqa: F401  (once here, not in every child)
from support.faults_files import FILE_TRIALS
from support.faults_keys import KEY_TRIALS
from support.faults_trials import TRIALS, Trial
from support.power_day import Day

ALL = {**TRIALS, **FILE_TRIALS, **KEY_TRIALS, "day": Day}


def findings(trial: Trial, request: dict[str, Any]) -> Any:
    """Yield what was found at each point of a request."""
    if request["kind"] == "power":
        yield from trial.cut(request["points"], request["control"])
        return
    for point in request["points"]:
        yield trial.at(point, request["kind"], sticky=request["sticky"], control=request["control"])


def serve(folder: Path) -> None:
    """Answer requests until there are none."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what else is printed is no answer
    trials: dict[str, Trial] = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = request["trial"]
        if name not in trials:
            trials[name] = ALL[name](folder, name)
            gc.collect()
            gc.freeze()  # what the children share is not copied by looking for garbage
        for found in findings(trials[name], request):
            print(json.dumps(found), file=answers, flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]).resolve())
