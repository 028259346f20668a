"""What an import did or would do: figures, conflicts, and the rejected rows as a file to mend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamdesk.core.wording import Text, say
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.writers.delimited import write_delimited
from kamdesk.transfer.writers.plain_table import Heading, Rows


@dataclass(frozen=True, slots=True)
class Remarked:
    """One thing to say about one row."""

    row: int
    field: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of a file. ``left_over`` are the columns that found no field."""

    rows: int = 0
    new: int = 0
    updated: int = 0
    same: int = 0
    conflicts: int = 0
    rejected: tuple[Remarked, ...] = ()
    in_conflict: tuple[Remarked, ...] = ()
    warnings: tuple[Remarked, ...] = ()
    left_over: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()

    def as_json(self, language: str) -> dict[str, object]:
        """Return the report as the command line prints it, its sentences in ``language``."""
        return {
            "rows": self.rows,
            "new": self.new,
            "updated": self.updated,
            "same": self.same,
            "conflicts": self.conflicts,
            "rejected": _said(self.rejected, language),
            "in_conflict": _said(self.in_conflict, language),
            "warnings": _said(self.warnings, language),
            "left_over": list(self.left_over),
            "remarks": [say(remark, language) for remark in self.remarks],
        }


def report_of(judgements: Iterable[Judgement], remarks: Iterable[Text] = ()) -> ImportReport:
    """Return the report on a judged file."""
    figures: Counter[Verdict] = Counter()
    rejected: list[Remarked] = []
    conflicts: list[Remarked] = []
    warnings: list[Remarked] = []
    left_over: dict[str, None] = {}
    for judgement in judgements:
        candidate = judgement.candidate
        figures[judgement.verdict] += 1
        if judgement.verdict is Verdict.CONFLICT:
            conflicts.append(Remarked(candidate.row, "", judgement.why))
        for problem in candidate.problems:
            into = rejected if problem.rejects else warnings
            into.append(Remarked(problem.row, problem.field, problem.reason))
        left_over.update(dict.fromkeys(heading for heading, _ in candidate.leftovers))
    return ImportReport(
        rows=figures.total(),
        new=figures[Verdict.NEW],
        updated=figures[Verdict.UPDATE],
        same=figures[Verdict.SAME],
        conflicts=figures[Verdict.CONFLICT],
        rejected=tuple(rejected),
        in_conflict=tuple(conflicts),
        warnings=tuple(warnings),
        left_over=tuple(left_over),
        remarks=tuple(remarks),
    )


def write_rejected(
    target: Path,
    *,
    headings: Sequence[str],
    cells: Mapping[int, Sequence[str]],
    report: ImportReport,
    language: str,
) -> None:
    """Write the rejected rows under their own headings, with row and reason behind them.

    Mended, the file can be imported as it is: the two columns behind are then left over.
    """
    reasons: dict[int, list[str]] = {}
    for one in report.rejected:
        reasons.setdefault(one.row, []).append(say(one.reason, language))
    width = max((len(headings), *(len(cells.get(row, ())) for row in reasons)))
    titles: list[Heading] = [*headings, *(f"#{place + 1}" for place in range(len(headings), width))]
    rows: Rows = (
        [*(list(cells.get(row, ())) + [""] * width)[:width], row, " ".join(said)]
        for row, said in sorted(reasons.items())
    )
    write_delimited(target, [*titles, Text("Row"), Text("Reason")], rows, language=language)


def _said(remarked: Iterable[Remarked], language: str) -> list[dict[str, object]]:
    return [
        {"row": one.row, "field": one.field, "reason": say(one.reason, language)}
        for one in remarked
    ]
