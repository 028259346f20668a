"""Drafts lie inside the encrypted file, beside the log and not in it."""

from kamdesk.storage.replay import rebuild
from kamdesk.workspace import Workspace


def test_a_draft_is_kept_replaced_and_dropped_without_a_trace_in_the_log(desk: Workspace) -> None:
    ask = desk.storage.reader.ask
    before = ask("SELECT count(*) FROM op").value(), ask("SELECT count(*) FROM actions").value()
    desk.drafts.keep("accounts.new", {"name": "瑞坪"})
    desk.drafts.keep("accounts.new", {"name": "瑞坪矿业", "city": "徐州"})
    desk.drafts.keep("account:01:plan", {"topic": "技术交流"})
    kept = desk.drafts.at("accounts.new")
    assert kept is not None
    assert kept.content == {"name": "瑞坪矿业", "city": "徐州"}
    assert kept.at == desk.clock.now()
    rebuild(desk.storage)
    assert {draft.place for draft in desk.drafts.every()} == {"accounts.new", "account:01:plan"}
    desk.drafts.drop("accounts.new")
    desk.drafts.drop("never there")
    assert [draft.place for draft in desk.drafts.every()] == ["account:01:plan"]
    after = ask("SELECT count(*) FROM op").value(), ask("SELECT count(*) FROM actions").value()
    assert after == before
