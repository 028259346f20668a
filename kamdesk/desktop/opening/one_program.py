"""One program for a workspace: a second start raises the first one's window and ends.

The first listens on a socket of its owner's alone; all it understands is ``raise``. Whatever else
comes, too much of it or too slowly, is hung up on.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from kamdesk.core.private import private_folder
from kamdesk.desktop.opening.place import socket_of

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program

_WORD: Final = b"raise\n"
_PATIENCE: Final = 1000


def raise_other(socket: str) -> bool:
    """Ask the program that listens there to raise its window; false when there is none."""
    line = QLocalSocket()
    line.connectToServer(socket)
    if not line.waitForConnected(_PATIENCE):
        return False
    line.write(_WORD)
    line.waitForBytesWritten(_PATIENCE)
    answered = line.waitForReadyRead(_PATIENCE) and line.readAll().data() == _WORD
    line.abort()
    return bool(answered)


def listen_for(program: "Program", config: Path) -> None:
    """Let other starts on the program's workspace find it, also while it is locked."""
    socket = socket_of(program.folder, config)
    if program.listening is not None:
        if program.listening.socket == socket:
            return
        program.listening.stop()
    program.listening = Listening(socket, program)
    program.listening.raised.connect(program.raise_window)
    program.listening.start()


def show_in_front(window: QWidget) -> None:
    """Bring a window to the front, also one that was made small."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


class Listening(QObject):
    """Listens for other starts. Signals: ``raised`` the window shall come to the front."""

    raised = Signal()

    def __init__(self, socket: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.socket = socket
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(4)
        self._server.newConnection.connect(self._come)

    def start(self) -> bool:
        """Listen; false where the system does not allow it: then a second start says it is open."""
        if not self.socket:
            return False
        if sys.platform == "win32":
            return self._server.listen(self.socket)
        try:
            private_folder(Path(self.socket).parent)
            if Path(self.socket).is_socket():  # its program is gone: the workspace was free
                os.unlink(self.socket)
            if os.path.lexists(self.socket) or not self._server.listen(self.socket):
                return False
            os.chmod(self.socket, 0o600)
        except OSError:
            self.stop()
            return False
        return True

    def stop(self) -> None:
        """Listen no more, and take the socket away."""
        self._server.close()

    def _come(self) -> None:
        while (line := self._server.nextPendingConnection()) is not None:
            line.setReadBufferSize(2 * len(_WORD))
            late = QTimer(line, singleShot=True, interval=_PATIENCE)
            late.timeout.connect(lambda line=line: line.abort())
            late.start()
            line.readyRead.connect(lambda line=line: self._hear(line))
            line.disconnected.connect(lambda line=line: line.deleteLater())
            if line.bytesAvailable():
                self._hear(line)

    def _hear(self, line: QLocalSocket) -> None:
        said = line.peek(2 * len(_WORD)).data()
        if said == _WORD:
            line.readAll()
            line.write(_WORD)
            line.flush()  # the answer is out before anything else happens here
            line.disconnectFromServer()
            self.raised.emit()
        elif not _WORD.startswith(said):
            line.abort()
