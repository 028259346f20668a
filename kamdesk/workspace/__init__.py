"""One opened workspace and its services, and how it is opened."""

from kamdesk.dossier.kinds import KINDS
from kamdesk.workspace.doors import (
    create_workspace,
    open_workspace,
    restore_workspace,
    salvage_workspace,
)
from kamdesk.workspace.services import Workspace, catalogue

__all__ = [
    "KINDS",
    "Workspace",
    "catalogue",
    "create_workspace",
    "open_workspace",
    "restore_workspace",
    "salvage_workspace",
]
