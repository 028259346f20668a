"""The schema by version: new ones begin at the newest, older ones are brought level, none back."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from support.hub_asking import joined, tenant_of

from kamdesk.core.clock import SystemClock
from kamdesk.core.errors import RuleBroken
from kamdesk.hub import migrations, opening, place, schema
from kamdesk.hub.hub import Hub
from kamdesk.hub.keeping.keeper import Keeper
from kamdesk.hub.migrations import bring_level, version_of
from kamdesk.hub.roster import tenants
from kamdesk.sync.wire.messages import Scope


@pytest.fixture
def engine(hub_url: str) -> Engine:
    return schema.engine_for(hub_url)


def colour(connection: Connection) -> None:
    """Lead from version 1 to 2: a tenant gets a colour."""
    connection.execute(text("ALTER TABLE tenant ADD COLUMN colour TEXT"))
    connection.execute(text("UPDATE tenant SET colour = 'teal'"))


def shelf(connection: Connection) -> None:
    """Lead from version 2 to 3: a table more."""
    connection.execute(text("CREATE TABLE shelf (tenant BIGINT PRIMARY KEY)"))


def broken(connection: Connection) -> None:
    """Change something, then fail."""
    shelf(connection)
    connection.execute(text("SELECT nothing FROM nowhere"))


def of_version_1(engine: Engine) -> MetaData:
    """Make the tables of the first version, as they were recorded then."""
    recorded = json.loads((Path(__file__).parent / "hub_schema_1.json").read_text("utf-8"))
    kinds = {"TEXT": Text, "BIGINT": BigInteger, "BOOLEAN": Boolean, "BLOB": LargeBinary}
    tables = MetaData()
    for name, said in recorded["tables"].items():
        parts = said["columns"].items()
        Table(
            name,
            tables,
            *(Column(c, kinds[kind](), primary_key=c in said["key"]) for c, kind in parts),
        )
    tables.create_all(engine)
    return tables


def columns(engine: Engine, table: str) -> set[str]:
    return {str(column["name"]) for column in inspect(engine).get_columns(table)}


def version(engine: Engine) -> int:
    with engine.connect() as connection:
        return version_of(connection)


def test_a_new_database_begins_at_the_newest(engine: Engine) -> None:
    assert bring_level(engine) == (0, migrations.newest())
    assert bring_level(engine) == (migrations.newest(), migrations.newest())
    assert set(schema.METADATA.tables) <= set(inspect(engine).get_table_names())
    assert not migrations.behind(engine)
    engine.dispose()


def test_an_older_one_is_brought_level_and_keeps_what_it_holds(engine: Engine) -> None:
    tables = of_version_1(engine)  # before versions were noted
    with engine.begin() as connection:
        connection.execute(tables.tables["tenant"].insert(), {"tenant": 1, "name": "North"})
    assert (version(engine), migrations.behind(engine, [colour])) == (1, True)
    assert bring_level(engine, steps=[colour]) == (1, 2)
    assert bring_level(engine, steps=[colour, shelf]) == (2, 3)
    assert bring_level(engine, steps=[colour, shelf]) == (3, 3)
    with engine.connect() as connection:
        assert tenants(connection) == [(1, "North")]
        assert connection.execute(text("SELECT colour FROM tenant")).scalar() == "teal"
    engine.dispose()


def test_a_hub_of_the_first_version_goes_on_as_one_of_this(engine: Engine) -> None:
    """With its people, devices and log; what it counts from now on begins at nothing."""
    other = schema.engine_for("sqlite://")
    bring_level(other)
    hub = Hub(other, SystemClock())
    anna = joined(hub, tenant_of(hub), "anna")
    anna.write(Scope("a1" * 16, "internal"), 1, {"said": "heron"})
    anna.exchange()
    tables = of_version_1(engine)
    with other.connect() as old, engine.begin() as new:
        for name, table in tables.tables.items():
            rows = old.execute(select(*(schema.METADATA.tables[name].c[c.name] for c in table.c)))
            if lines := [dict(row) for row in rows.mappings()]:
                new.execute(table.insert(), lines)
    other.dispose()
    assert version(engine) == 1
    assert "brought" not in columns(engine, "device"), "the control"
    assert bring_level(engine) == (1, migrations.newest())
    for table in schema.METADATA.sorted_tables:
        assert columns(engine, table.name) == {column.name for column in table.c}
    anna.hub = Hub(engine, SystemClock())
    with engine.connect() as connection:
        device = connection.execute(select(schema.DEVICE)).one()
        assert (device.day, device.brought) == (0, 0)
    anna.write(Scope("a1" * 16, "internal"), 2, {"said": "egret"})
    assert anna.exchange().settled.last == 2
    with engine.connect() as connection:
        assert connection.execute(select(schema.DEVICE.c.brought)).scalar_one() > 0
        assert (
            len(connection.execute(select(schema.OP).where(schema.OP.c.kind == "visit")).all()) == 2
        )
    engine.dispose()


def test_a_keeper_of_the_first_version_goes_on_as_one_of_this(tmp_path: Path) -> None:
    """The log of a workspace that is its own hub is brought level as it is opened."""
    file = tmp_path / "keeper.db"
    engine = schema.engine_for(f"sqlite:///{file}")
    of_version_1(engine)
    engine.dispose()

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(file, check_same_thread=False)

    for _ in range(2):
        keeper = Keeper(connect, sqlite3, SystemClock())
        keeper.begin(bytes(15) + b"1", "Lin")
        assert version(keeper.hub.engine) == migrations.newest()
        assert "brought" in columns(keeper.hub.engine, "device")
        keeper.hub.engine.dispose()


def test_a_step_that_fails_leaves_all_as_it_was(engine: Engine) -> None:
    _, before = bring_level(engine)
    with pytest.raises(SQLAlchemyError):
        bring_level(engine, steps=[*migrations.STEPS, colour, broken])
    assert version(engine) == before
    assert "colour" not in columns(engine, "tenant")
    assert not inspect(engine).has_table("shelf")
    engine.dispose()


def test_one_from_a_newer_program_is_left_alone(engine: Engine) -> None:
    bring_level(engine, steps=[colour, shelf])
    with pytest.raises(RuleBroken, match="A newer KamDesk made this hub's database"):
        bring_level(engine, steps=[colour])
    engine.dispose()


def test_a_new_database_has_the_tables_of_a_level_one(engine: Engine) -> None:
    """What ``schema`` says now is what the steps lead to: a change of it needs a step."""
    recorded = json.loads((Path(__file__).parent / "hub_schema.json").read_text("utf-8"))
    found = {
        table.name: {
            "columns": {column.name: str(column.type) for column in table.c},
            "key": [column.name for column in table.primary_key],
            "indexes": sorted(str(index.name) for index in table.indexes),
        }
        for table in schema.METADATA.sorted_tables
    }
    assert recorded == {"version": migrations.newest(), "tables": found}
    engine.dispose()


def test_sqlite_is_backed_up_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = place.make(
        tmp_path / "hub", place.Settings(name="Hub", url="https://h", listen="127.0.0.1:8443")
    )
    with opening.opened(made) as hub:
        opening.found(hub, made)
    assert list(made.folder.glob("hub-before-*")) == []
    steps = (*migrations.STEPS, colour)
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "newest", lambda steps=steps: len(steps) + 1)
    monkeypatch.setattr(migrations, "behind", lambda engine: version(engine) <= len(steps))
    monkeypatch.setattr(migrations, "bring_level", lambda engine: bring_level(engine, steps=steps))
    with opening.opened(made) as hub:
        assert "colour" in columns(hub.engine, "tenant")
    [before] = made.folder.glob("hub-before-*")
    assert before.stat().st_mode & 0o077 == 0
    old = schema.engine_for(f"sqlite:///{before}")
    assert "colour" not in columns(old, "tenant")
    with old.connect() as connection:
        assert connection.execute(select(schema.TENANT.c.name)).scalars().all() == ["Hub"]
    old.dispose()


def test_other_tables_may_stand_beside(engine: Engine) -> None:
    """Tables of somebody else in the same database are nobody's business here."""
    other = MetaData()
    Table("other", other, Column("n", BigInteger), Column("t", Text))
    other.create_all(engine)
    assert bring_level(engine) == (0, migrations.newest())
    engine.dispose()
