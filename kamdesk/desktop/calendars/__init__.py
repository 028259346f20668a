"""Calendars beside our own visits: calendar files, absences of ours, working days."""
