"""Files kept with customers: in the workspace, each content once, and wherever it goes."""

import errno
import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.desks import a_desk, untruths

from kamdesk.core.errors import Refusal, RuleBroken, StorageTrouble
from kamdesk.core.ids import AccountId, FileId
from kamdesk.domain.files import incoming
from kamdesk.domain.files.model import LARGEST, Incoming, KeptFile, renamed
from kamdesk.domain.files.store import PART
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.erasing import erase
from kamdesk.workspace import Workspace

LONG = os.urandom(2 * PART + 7)


@pytest.fixture
def account(desk: Workspace) -> AccountId:
    made = desk.accounts.new("澜川精密轴承")
    desk.accounts.add(made)
    return made.id


def _paper(folder: Path, name: str = "报价单.pdf", data: bytes = LONG) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _kept(desk: Workspace, account: AccountId) -> list[KeptFile]:
    return desk.files.ask.of_account(account)


def _parts(desk: Workspace) -> int:
    return int(desk.storage.reader.ask("SELECT count(*) FROM file_parts").value())


def test_a_file_is_kept_whole_and_what_several_hold_lies_here_once(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    empty = _paper(tmp_path, "空.txt", b"")
    desk.files.keep(account, [_paper(tmp_path), _paper(tmp_path, "副本.pdf"), empty])
    kept = {file.name: file for file in _kept(desk, account)}
    assert desk.files.content(kept["报价单.pdf"].id)[1] == LONG
    assert desk.files.content(kept["空.txt"].id)[1] == b""
    assert kept["报价单.pdf"].digest == kept["副本.pdf"].digest
    assert _parts(desk) == 3 + 1
    line = desk.files.ask.lines(account)[0]
    assert (line.by, line.added) == ("林晓彤", desk.clock.now())


def test_what_is_here_already_is_passed_over(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    path = _paper(tmp_path)
    desk.files.keep(account, [path])
    with pytest.raises(RuleBroken, match="here already"):
        desk.files.keep(account, [path])
    desk.files.keep(account, [path, _paper(tmp_path, "b.pdf", b"b")])
    assert len(_kept(desk, account)) == 2


def test_adding_and_deleting_are_undone_with_the_content(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    desk.files.keep(account, [_paper(tmp_path)])
    desk.undo.undo()
    assert _kept(desk, account) == []
    desk.undo.redo()
    [file] = _kept(desk, account)
    desk.files.drop(file.id)
    with pytest.raises(RuleBroken, match="was deleted"):
        desk.files.content(file.id)
    desk.undo.undo()
    assert desk.files.content(file.id)[1] == LONG


def test_a_name_keeps_its_ending_and_holds_no_path(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    desk.files.keep(account, given=[Incoming(name="../../../etc/报价\x07.PDF", data=b"x")])
    [file] = _kept(desk, account)
    assert (file.name, file.ending) == ("-..-..-etc-报价.PDF", ".pdf")
    seen = desk.storage.position()
    desk.files.rename(file, "新报价", seen=seen)
    [file] = _kept(desk, account)
    assert file.name == "新报价.PDF"
    with pytest.raises(RuleBroken) as broken:
        desk.files.rename(file, "  ", seen=seen)
    assert broken.value.field == "name"
    assert renamed("读我", "a") == "a"
    assert replace(file, name="a.‮exe").ending == ""


def _refusal(desk: Workspace, account: AccountId, path: Path) -> str:
    with pytest.raises(Refusal) as refused:
        desk.files.keep(account, [path])
    assert _kept(desk, account) == []
    return str(refused.value)


def test_what_is_no_file_is_refused_in_words(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.pdf").symlink_to(_paper(tmp_path))
    os.mkfifo(tmp_path / "pipe")
    huge = tmp_path / "huge.zip"
    with huge.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert "is a folder" in _refusal(desk, account, tmp_path / "folder")
    assert "only points to another file" in _refusal(desk, account, tmp_path / "link.pdf")
    assert "is no file that can be kept" in _refusal(desk, account, tmp_path / "pipe")
    assert "has 100 MB" in _refusal(desk, account, huge)
    assert "not there any more" in _refusal(desk, account, tmp_path / "gone.pdf")
    many = [tmp_path / f"{n}.pdf" for n in range(101)]
    with pytest.raises(RuleBroken, match="101 files"):
        desk.files.keep(account, many)


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EACCES, "may not be read now"), (errno.EIO, "cannot be read from")]
)
def test_a_locked_or_broken_file_is_refused_in_words(
    desk: Workspace,
    account: AccountId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    words: str,
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, "no")

    path = _paper(tmp_path)
    monkeypatch.setattr(incoming.os, "open", refuse)
    assert words in _refusal(desk, account, path)


def test_a_file_that_grows_while_it_is_read_is_not_taken(
    desk: Workspace, account: AccountId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST", 10)
    monkeypatch.setattr(
        incoming.os, "fstat", lambda _: os.stat_result((0o100600, 0, 0, 1, 0, 0, 5, 0, 0, 0))
    )
    assert "at most" in _refusal(desk, account, _paper(tmp_path))
    assert LARGEST > 10


def test_one_bad_file_among_several_adds_none(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    with pytest.raises(RuleBroken):
        desk.files.keep(account, [_paper(tmp_path), tmp_path / "gone.pdf"])
    assert (_kept(desk, account), _parts(desk)) == ([], 0)


def test_damage_is_told_and_found(desk: Workspace, account: AccountId, tmp_path: Path) -> None:
    desk.files.keep(account, [_paper(tmp_path)])
    [file] = _kept(desk, account)
    execute = desk.storage.connection.execute
    execute("UPDATE file_parts SET part = zeroblob(length(part)) WHERE n = 0")
    with pytest.raises(StorageTrouble, match="lost or damaged"):
        desk.files.content(file.id)
    assert untruths(desk) == []
    execute("DELETE FROM file_parts WHERE n = 0")
    assert untruths(desk) == [f"content {file.digest.hex()}: a part of it is missing"]
    execute("DELETE FROM file_parts")
    assert desk.files.ask.wanted() == {file.digest}
    execute("DELETE FROM files")
    execute("DELETE FROM op WHERE eid = ?", (file.id,))
    execute("INSERT INTO file_parts (digest, n, part) VALUES (x'0a', 0, x'0a')")
    assert untruths(desk) == ["a content belongs to no file"]
    for follower in desk.storage.followers:
        follower.rebuild(desk.storage.connection)


def test_an_erased_person_takes_the_files_about_them_along(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    person = desk.people.new("李敏", account)
    desk.people.add(person)
    desk.files.keep(account, [_paper(tmp_path, "李敏简历.pdf")], about=person.id)
    desk.files.keep(account, [_paper(tmp_path, "李敏的意见.txt", b"note")])
    erase(desk.storage, PERSON, person.id, texts=True)
    assert [file.name for file in _kept(desk, account)] == ["[erased]的意见.txt"]
    assert _parts(desk) == 1


@pytest.mark.parametrize("fresh", [True, False])
def test_a_bundle_carries_what_is_in_files(
    desk: Workspace, account: AccountId, tmp_path: Path, fresh: bool
) -> None:
    desk.files.keep(account, [_paper(tmp_path), _paper(tmp_path, "空.txt", b"")])
    bundle = tmp_path / "all.zip"
    desk.bundles.write(bundle)
    with ZipFile(bundle) as file:
        assert sum(name.startswith("files/") for name in file.namelist()) == 2
    other = a_desk(tmp_path, name="" if fresh else "林晓彤", file="other.db")
    if not fresh:
        other.accounts.add(other.accounts.new("别家"))
    other.bundles.look(bundle)
    other.bundles.take(bundle)
    kept = {file.name: other.files.content(file.id)[1] for file in _kept(other, account)}
    assert kept == {"报价单.pdf": LONG, "空.txt": b""}
    assert untruths(other) == []
    again = tmp_path / "again.zip"
    if fresh:
        other.bundles.write(again)
        assert again.read_bytes() == bundle.read_bytes()
    other.close()


@pytest.mark.parametrize(
    ("spoil", "words"), [(b"other", "not what its name says"), (None, "it is missing")]
)
def test_a_bundle_whose_files_are_spoilt_is_refused(
    desk: Workspace, account: AccountId, tmp_path: Path, spoil: bytes | None, words: str
) -> None:
    desk.files.keep(account, [_paper(tmp_path)])
    desk.bundles.write(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as file, ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in file.namelist():
            content = spoil if name.startswith("files/") else file.read(name)
            if content is not None:
                bad.writestr(name, content)
    other = a_desk(tmp_path, name="", file="other.db")
    with pytest.raises(RuleBroken, match=words):
        other.bundles.take(tmp_path / "bad.zip")
    assert other.files.ask.find(FileId(account)) is None
    assert untruths(other) == []
    other.close()


def test_a_content_nobody_waits_for_is_not_taken(
    desk: Workspace, account: AccountId, tmp_path: Path
) -> None:
    desk.bundles.write(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip", "a") as bundle:
        bundle.writestr("files/" + "0a" * 32, b"a picture")
    other = a_desk(tmp_path, name="", file="other.db")
    other.bundles.take(tmp_path / "all.zip")
    assert _parts(other) == 0
    other.close()
