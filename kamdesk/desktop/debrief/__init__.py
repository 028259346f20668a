"""The debrief: seven questions after a visit, a line each, written down as one action."""
