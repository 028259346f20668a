"""One row of the bench table, and how its times are taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Ours and the limit in milliseconds (medians), the bar as a ratio or in milliseconds.

    ``at_least``: what ``ours`` has to reach where more is better (minutes a week is worth).
    """

    name: str
    scale: str
    ours: float
    p95: float
    limit: float | None = None
    limit_is: str = ""
    bar_ratio: float | None = None
    bar_ms: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the limit."""
        return self.ours / self.limit if self.limit else None

    @property
    def held(self) -> bool:
        """True when every bar of the row is held."""
        within = self.bar_ms is None or self.p95 <= self.bar_ms
        ratio = self.ratio
        enough = self.at_least is None or self.ours >= self.at_least
        return (
            within
            and enough
            and (self.bar_ratio is None or ratio is None or ratio <= self.bar_ratio)
        )

    @staticmethod
    def heading() -> str:
        """The table's first line."""
        return (
            f"{'what':34} {'scale':5} {'ours ms':>9} {'p95':>9} {'limit':>9} {'ratio':>6}"
            f" {'bar':>10}  limit is"
        )

    def line(self) -> str:
        """This row as a line of the table."""
        limit = f"{self.limit:9.2f}" if self.limit else " " * 9
        ratio = f"{self.ratio:6.2f}" if self.ratio else " " * 6
        bars = [f"≤{self.bar_ratio:g}×"] if self.bar_ratio else []
        bars += [f"≤{self.bar_ms:g}"] if self.bar_ms else []
        bars += [f"≥{self.at_least:.0f}"] if self.at_least is not None else []
        mark = "" if self.held else "  MISSED"
        return (
            f"{self.name:34} {self.scale:5} {self.ours:9.2f} {self.p95:9.2f} {limit} {ratio}"
            f" {' '.join(bars):>10}  {self.limit_is}{mark}"
        )

    def plain(self) -> dict[str, object]:
        """This row for ``bench.json``."""
        return {**asdict(self), "ratio": self.ratio, "held": self.held}


def timed(work: Callable[[], object], rounds: int, *, warm: int = 2) -> list[float]:
    """Return the wall times of ``rounds`` calls in milliseconds, after a warm-up."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return times


def middle(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def late(times: list[float]) -> float:
    """Return the 95th percentile (the slowest of few)."""
    return sorted(times)[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
