"""The tables of the trade's first part: accounts, people, chain, visits, promises, origins."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_RECORD = "rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE"
_GONE = "gone INTEGER NOT NULL DEFAULT 0"

_TABLES = {
    "colleagues": "name TEXT, title TEXT, department TEXT, phone TEXT, email TEXT",
    "accounts": """
        name TEXT, short_name TEXT, other_names TEXT, number TEXT, credit_code TEXT,
        organisation TEXT, listed INTEGER, stock_code TEXT, industry TEXT, group_parent BLOB,
        region TEXT, province TEXT, city TEXT, website TEXT, phone TEXT, employees INTEGER,
        annual_revenue INTEGER, currency TEXT, first_signed TEXT, owner BLOB, class_by_hand TEXT,
        note TEXT""",
    "sites": "account BLOB, name TEXT, address TEXT, city TEXT, gate TEXT, hours TEXT",
    "people": """
        account BLOB, name TEXT, family_name TEXT, given_name TEXT, honorific TEXT,
        form_of_address TEXT, department TEXT, site BLOB, birthday TEXT, preferred_channel TEXT,
        background TEXT, focus TEXT, their_task TEXT, our_aim TEXT, owner BLOB, note TEXT,
        same_as BLOB""",
    "ways": "account BLOB, person BLOB, channel TEXT, value TEXT, note TEXT",
    "posts": """
        account BLOB, title TEXT, department TEXT, reports_to BLOB, since TEXT, until TEXT""",
    "holdings": "account BLOB, post BLOB, person BLOB, since TEXT, until TEXT",
    "needs": """
        account BLOB, person BLOB, words TEXT, level TEXT, stated INTEGER, special INTEGER,
        weight INTEGER, answer TEXT, state TEXT""",
    "maps": "account BLOB, name TEXT, opportunity BLOB",
    "seats": """
        account BLOB, map BLOB, post BLOB, person BLOB, body BLOB, wanted TEXT, label TEXT,
        x REAL, y REAL""",
    "bodies": """
        account BLOB, name TEXT, decides TEXT, meets TEXT, next_day TEXT, chair BLOB,
        secretary BLOB""",
    "readings": """
        account BLOB, map BLOB, subject BLOB, what TEXT, value TEXT, valid_from TEXT,
        source BLOB, sureness TEXT, note TEXT""",
    "ties": """
        account BLOB, map BLOB, kind TEXT, source BLOB, target BLOB, strength INTEGER,
        negative INTEGER, since TEXT, until TEXT, note TEXT""",
    "visits": """
        account BLOB, site BLOB, place TEXT, start TEXT, minutes INTEGER, kind TEXT, topic TEXT,
        objective TEXT, ask TEXT, fallback TEXT, red_line TEXT, agenda TEXT, questions TEXT,
        materials TEXT, host BLOB, map BLOB, state TEXT, said TEXT, outcome TEXT, atmosphere TEXT,
        next_step TEXT, next_step_by TEXT, no_next_step_because TEXT""",
    "attendees": """
        account BLOB, visit BLOB, who BLOB, side TEXT, point TEXT, part TEXT, absent INTEGER""",
    "facts": "account BLOB, words TEXT, day TEXT, visit BLOB, about BLOB",
    "promises": """
        account BLOB, side TEXT, words TEXT, due TEXT, visit BLOB, colleague BLOB, person BLOB,
        state TEXT, settled_on TEXT, note TEXT""",
    "known_as": "account BLOB, source TEXT, key TEXT, of_kind TEXT, record BLOB, digest BLOB",
}

_SETS = {"accounts_tags": "TEXT", "accounts_team": "BLOB", "bodies_members": "BLOB"}

_INDEXES = """
    CREATE INDEX accounts_number ON accounts(number) WHERE number IS NOT NULL;
    CREATE INDEX accounts_name ON accounts(name);
    CREATE INDEX accounts_short_name ON accounts(short_name) WHERE short_name IS NOT NULL;
    CREATE INDEX accounts_group ON accounts(group_parent) WHERE group_parent IS NOT NULL;
    CREATE INDEX accounts_tags_target ON accounts_tags(target);
    CREATE INDEX sites_account ON sites(account);
    CREATE INDEX people_account ON people(account, name);
    CREATE INDEX people_name ON people(name);
    CREATE INDEX ways_account ON ways(account);
    CREATE INDEX ways_person ON ways(person);
    CREATE INDEX posts_account ON posts(account);
    CREATE INDEX holdings_account ON holdings(account);
    CREATE INDEX holdings_person ON holdings(person);
    CREATE INDEX needs_account ON needs(account);
    CREATE INDEX needs_person ON needs(person);
    CREATE INDEX maps_account ON maps(account);
    CREATE INDEX seats_map ON seats(map);
    CREATE INDEX bodies_account ON bodies(account);
    CREATE INDEX readings_map ON readings(map, valid_from);
    CREATE INDEX ties_map ON ties(map);
    CREATE INDEX visits_account ON visits(account, start DESC);
    CREATE INDEX visits_start ON visits(start DESC);
    CREATE INDEX attendees_visit ON attendees(visit);
    CREATE INDEX attendees_who ON attendees(who);
    CREATE INDEX facts_account ON facts(account, day DESC);
    CREATE INDEX facts_visit ON facts(visit) WHERE visit IS NOT NULL;
    CREATE INDEX promises_account ON promises(account);
    CREATE INDEX promises_visit ON promises(visit) WHERE visit IS NOT NULL;
    CREATE INDEX promises_person ON promises(person) WHERE person IS NOT NULL;
    CREATE INDEX promises_open ON promises(due) WHERE state = 'open';
    CREATE INDEX known_as_key ON known_as(source, of_kind, key);
    CREATE INDEX known_as_record ON known_as(record);
"""

_DERIVED = """
    CREATE TABLE account_standing (
        id BLOB PRIMARY KEY, last_visit TEXT, next_visit TEXT) WITHOUT ROWID;
    CREATE TABLE person_standing (
        id BLOB PRIMARY KEY, post TEXT, last_met TEXT, phone TEXT) WITHOUT ROWID;
"""


def step(db: "Database") -> None:
    """Make the tables, their sets, their indexes and the first roll-ups."""
    tables = [
        f"CREATE TABLE {name} ({_RECORD}, {columns}, {_GONE});" for name, columns in _TABLES.items()
    ]
    sets = [
        f"CREATE TABLE {name} (eid BLOB NOT NULL, target {kind} NOT NULL,"
        " PRIMARY KEY (eid, target)) WITHOUT ROWID;"
        for name, kind in _SETS.items()
    ]
    db.executescript("\n".join([*tables, *sets, _INDEXES, _DERIVED]))
