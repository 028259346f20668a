"""Agreements on how often to meet, pauses, and which visits count as a contact."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make both tables; let a visit say what it counts as; find contacts and executives quickly.

    ``visits.contact`` is the one rule of what counts: ``visit`` (face to face) and ``video`` are
    real visits, held, of 20 minutes at least and with a purpose or an outcome; anything else that
    took place is a ``touch``; what did not take place counts as nothing. ``last_real`` is when
    somebody last sat at a real visit.
    """
    db.executescript("""
        CREATE TABLE agreements (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, person BLOB,
            channel TEXT, every INTEGER, at_most INTEGER, since TEXT, until TEXT, note TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX agreements_account ON agreements(account);
        CREATE INDEX agreements_person ON agreements(person) WHERE person IS NOT NULL;
        CREATE TABLE pauses (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, person BLOB,
            since TEXT, until TEXT, because TEXT, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX pauses_account ON pauses(account);
        CREATE INDEX pauses_person ON pauses(person) WHERE person IS NOT NULL;

        ALTER TABLE visits ADD COLUMN contact TEXT GENERATED ALWAYS AS (
            CASE
            WHEN gone OR coalesce(state, '') NOT IN ('held', 'closed') THEN NULL
            WHEN coalesce(start, '') NOT GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*' THEN NULL
            WHEN kind IN ('call', 'event') THEN 'touch'
            WHEN minutes BETWEEN 1 AND 19 THEN 'touch'
            WHEN objective IS NULL AND topic IS NULL AND outcome IS NULL AND said IS NULL
                THEN 'touch'
            WHEN kind = 'video' THEN 'video'
            ELSE 'visit' END) VIRTUAL;
        CREATE INDEX visits_contact ON visits(account, contact, start) WHERE contact IS NOT NULL;
        CREATE INDEX readings_rank ON readings(account, subject, map, what, valid_from, id, value)
            WHERE what IN ('roles', 'level') AND NOT gone;
        CREATE INDEX holdings_new ON holdings(since, account, person, id)
            WHERE until IS NULL AND NOT gone;
        ALTER TABLE person_standing ADD COLUMN last_real TEXT;
        UPDATE person_standing SET last_real = (
            SELECT max(v.start) FROM attendees t JOIN visits v ON v.id = t.visit
            WHERE t.who = person_standing.id AND t.absent IS NULL AND NOT t.gone
                AND v.contact IN ('visit', 'video'));
    """)
