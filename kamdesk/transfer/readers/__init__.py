"""Readers of foreign files; they run only inside the limited child process."""
