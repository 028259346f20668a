"""The tables of the hub: the same for SQLite, PostgreSQL, CockroachDB and Citus.

Every key begins with the tenant. Numbers come from counters in the tenant's row, never from a
sequence: a sequence gives numbers before others' commits can be seen, and a reader skips them. Ids
are 32 hex digits; ``account`` is empty for the house; times are microseconds since 1970.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Engine,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
)

METADATA: Final = MetaData()
_WORD: Final = Text().with_variant(Text(collation="C"), "postgresql")


def _key(name: str, kind: Any = BigInteger) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _number(name: str, default: int | None = 0) -> Column[Any]:
    return Column(name, BigInteger, nullable=default is None, default=default)


def _word(name: str, default: str | None = "") -> Column[Any]:
    return Column(name, _WORD, nullable=default is None, default=default)


TENANT: Final = Table(
    "tenant",
    METADATA,
    _key("tenant"),
    _word("uid"),  # what desks know it by
    _word("name"),
    _number("head"),  # the last place of the log
    _number("head_at"),
    _number("epoch", 1),
    _number("scopes"),  # the last number given to a scope
    _number("made"),
)
USER: Final = Table(
    "user_",
    METADATA,
    _key("tenant"),
    _key("user_", _WORD),
    _word("colleague", None),  # the record that is them among the colleagues
    _word("login"),
    _word("name"),
    _word("role", "member"),
    _number("changed"),  # the last place at which rights of this user changed
    _number("made"),
    _number("closed", None),
    Index("user_login", "tenant", "login", unique=True),
)
TEAM: Final = Table("team", METADATA, _key("tenant"), _key("team", _WORD), _number("made"))
MEMBER: Final = Table(
    "member",
    METADATA,
    _key("tenant"),
    _key("team", _WORD),
    _key("user_", _WORD),
    Column("manager", Boolean, nullable=False, default=False),
    Index("member_user", "tenant", "user_"),
)
INVITE: Final = Table(
    "invite",
    METADATA,
    _key("tenant"),
    _key("secret", _WORD),  # hashed
    _word("user_"),
    _word("by"),
    _number("made"),
    _number("until"),
    _number("used", None),
)
DEVICE: Final = Table(
    "device",
    METADATA,
    _key("tenant"),
    _key("device"),  # its first number
    _word("user_"),
    _word("name"),
    _word("token"),  # hashed
    _word("next_token", None),  # hashed; counts from its first use on
    _number("access"),  # the place up to which it has said to know its rights
    _number("made"),
    _number("seen"),
    _number("revoked", None),
    _number("day"),  # the last it brought changes on, counted since 1970
    _number("brought"),  # bytes on that day
    Index("device_user", "tenant", "user_"),
)
WRITER: Final = Table(  # the numbers of a device: a copied disk takes a further one
    "writer",
    METADATA,
    _key("tenant"),
    _key("dev"),
    _number("device"),
    _number("made"),
    _number("last"),
    _word("chain"),
)
GIVEN: Final = Table(  # what the administrator gave: to a user or to a team
    "given",
    METADATA,
    _key("tenant"),
    _key("from_seq"),
    _word("holder"),
    Column("to_team", Boolean, nullable=False, default=False),
    _word("account"),
    _word("audience"),
    _word("right", "write"),
    _number("until_seq", None),
    Index("given_holder", "tenant", "holder"),
    Index("given_account", "tenant", "account"),
)
GRANT: Final = Table(  # the same, expanded: members, managers, what an audience implies
    "grant_",
    METADATA,
    _key("tenant"),
    _key("user_", _WORD),
    _key("account", _WORD),
    _key("audience", _WORD),
    _key("right", _WORD),
    _key("from_seq"),
    _number("until_seq", None),
    _number("ended", None),
    Index("grant_account", "tenant", "account"),
)
SCOPE: Final = Table(
    "scope",
    METADATA,
    _key("tenant"),
    _key("scope"),
    _word("account"),
    _word("audience"),
    _number("cells"),
    _word("sum"),
    Index("scope_account", "tenant", "account", "audience", unique=True),
)
OP: Final = Table(  # the log: each place has a row; grants and revokes stand in scope 0
    "op",
    METADATA,
    _key("tenant"),
    _key("seq"),
    _number("scope"),
    _number("dev"),
    _number("dseq"),
    _number("wall"),
    _number("ctx"),
    _number("txn"),
    _number("verb"),
    _word("kind"),
    _word("record"),
    _word("cells"),  # JSON as it came
    _word("name"),
    _word("by"),
    _number("at"),
    Index("op_scope", "tenant", "scope", "seq"),
)
STATE: Final = Table(  # where a record stands, and what stands in each of its cells
    "state",
    METADATA,
    _key("tenant"),
    _key("record", _WORD),
    _key("scope"),
    _key("kind", _WORD),
    _word("account"),
    _number("life"),  # the last place it was deleted or restored at; below 0: deleted
    _word("heads"),  # JSON: cell → seq, dev, seq, dev …
    Index("state_account", "tenant", "account", "record"),
)
REJECTED: Final = Table(
    "rejected",
    METADATA,
    _key("tenant"),
    _key("dev"),
    _key("dseq"),
    _word("reason"),
    _number("at"),
)
BLOB: Final = Table(  # a content that is whole (device 0), or as far as a device has sent it
    "blob",
    METADATA,
    _key("tenant"),
    _key("sha256", _WORD),
    _key("device"),
    _number("size"),
    _number("held"),  # bytes so far
    _number("made"),
)
BLOB_PART: Final = Table(
    "blob_part",
    METADATA,
    _key("tenant"),
    _key("sha256", _WORD),
    _key("device"),
    _key("start"),
    Column("part", LargeBinary, nullable=False),
)
BLOB_HOLDER: Final = Table(  # who has shown to have a content, by sending all of it
    "blob_holder", METADATA, _key("tenant"), _key("sha256", _WORD), _key("user_", _WORD)
)
BLOB_NAME: Final = Table(  # which records name a content; vouched: by somebody who had it
    "blob_name",
    METADATA,
    _key("tenant"),
    _key("sha256", _WORD),
    _key("record", _WORD),
    _key("account", _WORD),
    _key("audience", _WORD),
    Column("vouched", Boolean, nullable=False, default=False),
    Index("blob_name_record", "tenant", "record"),
)
AUDIT: Final = Table(  # append-only
    "audit",
    METADATA,
    _key("tenant"),
    _key("entry", _WORD),  # a UUIDv7: in the order of time
    _number("at"),
    _word("actor"),
    _word("deed"),
    _word("about"),
    _word("detail"),  # JSON without a customer's words
)


def engine_for(url: str, **options: Any) -> Engine:
    """Return an engine for a hub's database; SQLite gets its log, its patience and safe deletes."""
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    return engine


def tune_sqlite(engine: Engine) -> None:
    """Let an SQLite engine have readers beside one writer, and leave nothing in freed pages."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is said below, not by the driver
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "secure_delete=ON",
        ):  # fmt: skip
            connection.execute("PRAGMA " + pragma).fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
