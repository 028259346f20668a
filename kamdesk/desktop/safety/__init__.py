"""Safety: backups, what opens the workspace, whether it is whole."""
