"""A standing task as it is shipped: when it falls due, who does it, what shows it. Values only."""

from dataclasses import dataclass

from kamdesk.core.wording import Text
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A standing task: ``due`` days after entering the phase, then ``every`` so many days.

    ``until``: no round falls later than so many days after entering. Without ``due`` it has no
    day of its own, and ``when`` says when it is done. ``who`` are roles of ours, as K S D.
    ``evidence`` says what shows it done, ``shown_by`` which sort of record that mostly is.
    """

    key: str
    phase: Phase
    title: Text
    evidence: Text
    who: tuple[str, ...]
    due: int | None = None
    every: int = 0
    until: int | None = None
    when: Text | None = None
    shown_by: EvidenceSort | None = None
