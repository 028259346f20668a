"""Executive engagement plans and their steps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables of plans and steps."""
    db.executescript("""
        CREATE TABLE access_plans (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, person BLOB, colleague
            BLOB, briefed_on TEXT, state TEXT, closed_on TEXT, remit TEXT, term TEXT, office TEXT,
            why_now TEXT, must_deliver TEXT, measured_by TEXT, horizon TEXT, heard_from TEXT,
            aim_from TEXT, aim_to TEXT, aim_by TEXT, gain_more TEXT, gain_sooner TEXT, gain_surer
            TEXT, gain_standing TEXT, way TEXT, second_way TEXT, borrowed_person TEXT,
            borrowed_thing TEXT, borrowed_occasion TEXT, occasion TEXT, window_from TEXT,
            window_until TEXT, topics TEXT, first_sentence TEXT, avoid TEXT, material TEXT,
            handed_by TEXT, party TEXT, interpreter TEXT, tender TEXT, hospitality TEXT,
            passed_over TEXT, result TEXT, moved TEXT, our_next TEXT, our_next_by TEXT, their_next
            TEXT, their_next_by TEXT, thanked_on TEXT, next_contact TEXT, meets_on TEXT, place
            TEXT, theme TEXT, our_wish TEXT, their_wish TEXT, our_part TEXT, their_part TEXT, gone
            INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX access_plans_account ON access_plans(account);
        CREATE TABLE access_steps (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, plan BLOB, person
            BLOB, what TEXT, colleague BLOB, due TEXT, done_on TEXT, gone INTEGER NOT NULL DEFAULT
            0);
        CREATE INDEX access_steps_plan ON access_steps(plan);
    """)
