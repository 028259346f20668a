"""The search rows: names with their keys, and documents of prose, both derived from the records."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables of search.

    ``search_keys.shelf`` says what a key opens, for which kind and how weighty the record is. In
    the full-text tables a row's id is its weight × 2⁴⁰ + ``n``: the weightiest come first. For
    documents it is day × 2³² + n: the newest come first. All words are cut by the program, so the
    plainest tokenizer will do.
    """
    db.executescript("""
        CREATE TABLE search_names (
            n INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            eid BLOB NOT NULL,
            weight INTEGER NOT NULL,
            lines TEXT NOT NULL
        );
        CREATE UNIQUE INDEX search_names_record ON search_names (eid);

        CREATE TABLE search_keys (
            shelf INTEGER NOT NULL,
            key TEXT NOT NULL,
            n INTEGER NOT NULL,
            PRIMARY KEY (shelf, key, n)
        ) WITHOUT ROWID;

        CREATE VIRTUAL TABLE search_accounts USING fts5 (
            names, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3'
        );
        CREATE VIRTUAL TABLE search_people USING fts5 (
            names, roles,
            content='', contentless_delete=1, detail=column, tokenize='ascii', prefix='1 2 3'
        );

        CREATE TABLE search_docs (
            rid INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            eid BLOB NOT NULL,
            cell TEXT NOT NULL,
            digest INTEGER NOT NULL
        );
        CREATE INDEX search_docs_record ON search_docs (eid);
        CREATE VIRTUAL TABLE search_notes USING fts5 (
            words, content='', contentless_delete=1, detail=none, tokenize='ascii'
        );
    """)
