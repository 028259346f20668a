"""People by how their names sound, whom a merged record went into, and pairs that are not one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add what lists of people, the pages of one and the merging of duplicates ask for.

    ``search_names.sound`` is the first line of a record's index rows as it is said: its pinyin, or
    the name itself where it has none. ``merged_into`` names the record an old id now means.
    """
    db.executescript("""
        ALTER TABLE people ADD COLUMN merged_into BLOB;
        ALTER TABLE accounts ADD COLUMN merged_into BLOB;
        CREATE INDEX people_merged ON people(merged_into) WHERE merged_into IS NOT NULL;
        CREATE INDEX accounts_merged ON accounts(merged_into) WHERE merged_into IS NOT NULL;
        CREATE INDEX people_same_as ON people(same_as) WHERE same_as IS NOT NULL;
        CREATE INDEX readings_subject ON readings(subject, what, valid_from);
        CREATE INDEX facts_about ON facts(about) WHERE about IS NOT NULL;

        CREATE TABLE not_same (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,
            of_kind TEXT, first BLOB, second BLOB,
            gone INTEGER NOT NULL DEFAULT 0
        );

        ALTER TABLE search_names ADD COLUMN said TEXT GENERATED ALWAYS AS (
            substr(lines, 2, instr(lines || char(10), char(10)) - 2)) VIRTUAL;
        ALTER TABLE search_names ADD COLUMN sound TEXT GENERATED ALWAYS AS (
            CASE instr(substr(said, instr(said, char(9)) + 1), ' ')
            WHEN 0 THEN substr(said, 1, instr(said || char(9), char(9)) - 1)
            ELSE substr(said, instr(said, char(9)) + 1
                 + instr(substr(said, instr(said, char(9)) + 1), ' ')) END) VIRTUAL;
        CREATE INDEX search_names_sound ON search_names (sound, eid) WHERE kind = 2;
    """)
