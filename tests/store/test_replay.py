"""The invariant finds what it is there to find: each way a table can lie, one after the other."""

from dataclasses import replace

import pytest
from support.invented import a_person, a_visit, an_account, tables_of

from kamdesk.core.ids import SiteId
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.accounts.store import SITE
from kamdesk.storage import replay
from kamdesk.storage.replay import differences, rebuild
from kamdesk.workspace import Workspace

STRANGER = "x'00112233445566778899aabbccddeeff'"
LIES = {
    "a value": "UPDATE people SET note = 'x'",
    "a value lost": "UPDATE people SET name = NULL",
    "half a group": "UPDATE visits SET minutes = minutes + 1",
    "a row lost": "DELETE FROM people",
    "a row too many": f"INSERT INTO people (id, name) VALUES ({STRANGER}, 'x')",
    "deleted": "UPDATE people SET gone = 1",
    "restored": "UPDATE sites SET gone = 0",
    "a link lost": "DELETE FROM accounts_tags",
    "a link too many": "INSERT INTO accounts_tags SELECT eid, 'x' FROM accounts_tags",
    "a link of no record": f"INSERT INTO accounts_tags VALUES ({STRANGER}, 'x')",
    "a mark lost": "DELETE FROM contested",
    "a mark too many": "INSERT INTO contested SELECT id, 'person', 'note' FROM people",
    "a mark of no record": f"INSERT INTO contested VALUES ({STRANGER}, 'person', 'note')",
    "an op lost": "DELETE FROM op WHERE lid = (SELECT max(lid) FROM op)",
    "a record's ops lost": "DELETE FROM op WHERE eid = (SELECT id FROM people)",
}


@pytest.fixture
def full(desk: Workspace) -> Workspace:
    """A desk with a record of each sort: living, deleted, linked, contested."""
    account = an_account(desk)
    a_visit(desk, account)
    desk.accounts.tag(account.id, add=("重点",))
    site = Site(id=SiteId(desk.storage.new_id()), account=account.id, name="一厂")
    desk.accounts.put_site(site)
    with desk.storage.change(desk.undo.next_undo().name) as change:  # type: ignore[union-attr]
        change.drop(SITE, site.id)
    person = a_person(desk, account)
    desk.people.drop(person.id)
    desk.people.change(replace(person, focus="f"), base=person, seen=desk.storage.position())
    assert differences(desk.storage) == []
    return desk


@pytest.mark.parametrize("lie", LIES)
def test_each_lie_is_found(full: Workspace, lie: str) -> None:
    connection = full.storage.connection
    connection.execute("SAVEPOINT before")
    assert connection.execute(LIES[lie]).rowcount > 0
    assert differences(full.storage) != []
    connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")


@pytest.mark.parametrize(
    "lie", [lie for lie in LIES if "ops lost" not in lie and "an op" not in lie]
)
def test_a_rebuilding_mends_each(full: Workspace, lie: str) -> None:
    before = tables_of(full)
    full.storage.connection.execute(LIES[lie])
    rebuild(full.storage)
    assert tables_of(full) == before


def test_a_finding_tells_nothing_of_the_customer(full: Workspace) -> None:
    connection = full.storage.connection
    connection.execute("SAVEPOINT before")
    connection.execute("UPDATE people SET note = '机密'")
    (finding,) = differences(full.storage)
    assert finding.startswith("person ")
    assert finding.endswith("column note differs")
    connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")


def test_no_more_is_told_than_asked(full: Workspace) -> None:
    connection = full.storage.connection
    connection.execute("SAVEPOINT before")
    connection.execute("DELETE FROM op")
    assert len(differences(full.storage, most=2)) == 2
    connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")


def test_a_rebuilding_that_broke_off_holds_no_index(
    full: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(replay, "materialise", fails)
        with pytest.raises(ZeroDivisionError) as kept:
            rebuild(full.storage)
    rebuild(full.storage)  # the error kept still holds all that the first one held
    assert kept.value
    assert differences(full.storage) == []
