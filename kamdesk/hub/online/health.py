"""Whether the hub's database answers, looked at most once a second however often it is asked."""

import time
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, literal, select
from sqlalchemy.exc import SQLAlchemyError

_GOOD_FOR: Final = 1.0
_told: WeakKeyDictionary[Engine, tuple[float, bool]] = WeakKeyDictionary()
_one_at_a_time: Final = Lock()


def healthy(engine: Engine) -> bool:
    """True when the database answers a question."""
    with _one_at_a_time:
        at, well = _told.get(engine, (0.0, False))
        if not at or time.monotonic() - at > _GOOD_FOR:
            well = _answers(engine)
            _told[engine] = (time.monotonic(), well)
        return well


def _answers(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return connection.execute(select(literal(1))).scalar_one() == 1
    except SQLAlchemyError:
        return False
