"""What the safety page asks of the program: work for which the workspace is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamdesk.storage.pin import Pin


@dataclass(frozen=True, slots=True)
class Outside:
    """What is done while the workspace is closed: the program does it and opens it again."""

    restore: Callable[[Path], object]
    renew: Callable[[str, str], object]
    pin: "Callable[[Pin | None], object]"
