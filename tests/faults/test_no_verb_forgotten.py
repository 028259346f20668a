"""Every public function that writes by ``Storage`` is in the matrix of faults, or says why not."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

from support.faults_files import FILE_TRIALS, Keyed
from support.faults_roads import ran, writers
from support.faults_seed import new_workspace, storage_on
from support.faults_verbs import VERBS
from support.faults_workspace import MemoryRing

from kamdesk.storage.keys import KeyRing
from kamdesk.storage.opening import open_file

_ROUND: Final = "steps of the matrix after each other; killed at every statement in sync_faults"
_FOLDER: Final = "remembers one word of how far it is; letters lost and doubled in sync_folder"
NOT_IN_THE_MATRIX: Final = {
    "kamdesk.cli.check:check": "makes derived tables anew in one transaction, as rebuild does",
    "kamdesk.demo.book:Book.write": "an invented territory that is not finished is removed",
    "kamdesk.demo.territory:fill": "an invented territory that is not finished is removed",
    "kamdesk.storage.arriving:note_well": _ROUND,
    "kamdesk.storage.filling:in_bulk": "only for a file that is removed when it is not finished",
    "kamdesk.desktop.scenes.exchange:apart": "a picture of a page",
    "kamdesk.desktop.scenes.exchange:busy": "a picture of a page",
    "kamdesk.desktop.scenes.exchange:level": "a picture of a page",
    "kamdesk.desktop.scenes.exchange:offline": "a picture of a page",
    "kamdesk.storage.keeper_file:connector": "remembers one key, before there is a file under it",
    "kamdesk.sync.apart.texts:merge_texts": _ROUND,
    "kamdesk.sync.blobs:bring": _ROUND,
    "kamdesk.sync.blobs:fetch": _ROUND,
    "kamdesk.sync.contents_again:send_lacking": _ROUND,
    "kamdesk.sync.folder.pairing:accept": _FOLDER,
    "kamdesk.sync.folder.pairing:give_up": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.exchange": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.put_part": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.renumber": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.snapshot": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.tidy": _FOLDER,
    "kamdesk.sync.folder.post:FolderPost.wish": _FOLDER,
    "kamdesk.sync.folder.rounds:desk_round": _ROUND,
    "kamdesk.sync.joining:settle_in": "become, join and two notes: four trials after each other",
    "kamdesk.sync.reading:read_log": _ROUND,
    "kamdesk.sync.steps.ending:note_contact": _ROUND,
    "kamdesk.sync.steps.settling:say_again": _ROUND,
    "kamdesk.sync.steps.snapshots:begin_anew": _ROUND,
    "kamdesk.workspace.doors:create_workspace": "two trials after each other: create, i am",
}


def test_every_public_function_that_writes_meets_faults(tmp_path: Path) -> None:
    """A new one is added to VERBS (tests/support/faults_verbs.py), or to FILE_TRIALS."""
    ring = KeyRing(MemoryRing())
    new_workspace(tmp_path / "new", ring)
    with ran() as seen:
        for number, verb in enumerate(VERBS.values()):
            shutil.copytree(tmp_path / "new", tmp_path / f"{number}")
            with closing(open_file(tmp_path / f"{number}", keys=ring)) as opened:
                for step in (*verb.before, verb.run):
                    step(storage_on(opened, chance=6 if step is not verb.run else 7))
        for name, kind in FILE_TRIALS.items():
            trial = kind(tmp_path, name)
            if isinstance(trial, Keyed):
                trial.fresh()
                trial.run()
    silent = writers() - seen
    assert silent - NOT_IN_THE_MATRIX.keys() == set()
    assert silent >= NOT_IN_THE_MATRIX.keys()


def test_a_function_that_writes_is_found_in_the_source() -> None:
    found = writers()
    assert {
        "kamdesk.domain.visits.service:Visits.close",
        "kamdesk.storage.undo:Undo.undo",
        "kamdesk.dossier.wrap_up:wrap_up",
    } <= found
    assert "kamdesk.domain.visits.service:Visits.new" not in found
