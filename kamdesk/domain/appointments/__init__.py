"""Appointments of one's own, out of other programs' calendar files: the week is planned around."""
