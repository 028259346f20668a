"""The first run: language, workspace, passphrase, recovery code, and what to begin with."""
