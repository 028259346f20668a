"""The steps by which a workspace file came to its present form, one a file, in order of name.

A step is a module ``m<four digits>_<word>.py`` here, with a docstring and one function::

    def step(db: Database) -> None:
        db.executescript("CREATE TABLE …")

``Database`` is sqlite-utils', imported under ``TYPE_CHECKING`` only (its import costs 121 ms). The
module's name is what the file records as done: a step that was ever shipped is neither renamed nor
changed, its successor puts right what it left wrong. ``kamdesk.storage.migrating`` runs each step
with its record in one transaction, with foreign keys off and checked afterwards. Plain SQL by
``executescript`` is meant; ``transform`` silently drops generated columns and collations.

Tables of the domain are ``rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, <columns>,
gone INTEGER NOT NULL DEFAULT 0``; the targets of a set are ``<table>_<cell>(eid BLOB NOT NULL,
target NOT NULL, PRIMARY KEY (eid, target)) WITHOUT ROWID``.
"""
