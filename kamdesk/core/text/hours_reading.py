"""Reads when somebody receives visitors from how people write it, in Chinese and English."""

from dataclasses import dataclass

from kamdesk.core.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Windows by weekday, Monday first: (opens, closes) in minutes after midnight.

    ``said``: what was understood, in words. A day without windows is one on which nobody receives.
    """

    windows: tuple[tuple[tuple[int, int], ...], ...]
    said: Text


def read_hours(text: str) -> Hours | None:
    """Return when somebody receives; None when the text does not say ("by appointment")."""
    return None
