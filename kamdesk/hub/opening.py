"""A hub opened for its administrator: its database reached and level, its one team found."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kamdesk.core.clock import Clock, SystemClock
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.hub import copying, migrations
from kamdesk.hub.database import open_database
from kamdesk.hub.hub import Hub
from kamdesk.hub.people import add_tenant
from kamdesk.hub.place import Place
from kamdesk.hub.roster import tenants
from kamdesk.hub.turn import Turn


@contextmanager
def opened(place: Place, clock: Clock | None = None) -> Iterator[Hub]:
    """Open the hub of a folder. Raises ``StorageTrouble`` where its database fails."""
    with _reached(place.database) as engine:
        bring_level(place, engine)
        yield Hub(engine, clock or SystemClock())


def see_vacant(url: str) -> None:
    """Raise ``RuleBroken`` for a database with a hub in it, ``StorageTrouble`` for none at all."""
    with _reached(url) as engine, engine.connect() as connection:
        if migrations.version_of(connection) and tenants(connection):
            raise _taken()


def bring_level(place: Place, engine: Engine) -> None:
    """Make the tables or bring them to this program's version; SQLite is backed up before."""
    if migrations.behind(engine) and engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            before = migrations.version_of(connection)
        target = place.folder / f"hub-before-{migrations.newest()}-from-{before}.db"
        if not target.exists():
            copying.backup(engine, target)
    migrations.bring_level(engine)


def found(hub: Hub, place: Place) -> int:
    """Make the team of a new hub; return its number. Raises ``RuleBroken`` where there is one."""
    with hub.turn(0, "init") as turn:
        if tenants(turn.connection):
            raise _taken()
        return add_tenant(turn, place.settings.name)


@contextmanager
def turned(hub: Hub, actor: str) -> Iterator[Turn]:
    """Give a transaction of the hub's team. Raises ``RuleBroken`` before there is one."""
    with hub.engine.connect() as connection:
        known = tenants(connection)
    if not known:
        raise RuleBroken(Text("This hub's database is empty: kamdesk hub init makes it."))
    with hub.turn(known[0][0], actor) as turn:
        yield turn


@contextmanager
def _reached(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    try:
        yield engine
    except SQLAlchemyError as error:
        raise StorageTrouble(
            Text(
                "The hub's database refused ({kind}). Is it running, and is its address right?",
                kind=type(error).__name__,
            )
        ) from error
    finally:
        engine.dispose()


def _taken() -> RuleBroken:
    return RuleBroken(
        Text("This database holds a hub already. Name another one, or an empty one."),
        field="database",
    )
