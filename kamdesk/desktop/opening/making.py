"""Making the demo territory, with a page that tells how far it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.opening.steps import Doorway, MakingStep
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program


def make_demo(
    program: "Program",
    folder: Path,
    bench: Workbench[Any],
    refused: Callable[[Refusal], object],
) -> None:
    """Make the territory in ``folder`` by the verbs behind ``bench``, then open it."""
    step = MakingStep()
    program.show_door(Doorway(step))
    language = looks.language()
    bench.job_changed.connect(step.show_job)
    job = bench.job(
        step,
        Text("Making the demo territory"),
        lambda verbs, job: verbs.invent(folder, language, job.step),
        lambda _: program.open_demo(),
        refused,
    )
    step.went_back.connect(job.cancel)
