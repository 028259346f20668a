"""The exchange with the team as the user sees it: how it stands, what waits, what was refused."""
