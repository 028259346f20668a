"""A keyring in a file: it outlives the process that is killed."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from kamdesk.storage.key_file import sync_folder


class FileRing:
    """Keeps secrets in a file, each change wholly or not at all; ``failed`` hears of one lost."""

    def __init__(self, path: Path, failed: Callable[[], object] = lambda: None) -> None:
        self._path, self._failed = path, failed

    def kept(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept().get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep({**self.kept(), username: password})

    def delete_password(self, service: str, username: str) -> None:
        self._keep({name: key for name, key in self.kept().items() if name != username})

    def _keep(self, kept: dict[str, str]) -> None:
        try:
            beside = self._path.with_suffix(".part")
            with beside.open("w") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
            sync_folder(self._path.parent)
        except OSError:
            self._failed()
            raise
