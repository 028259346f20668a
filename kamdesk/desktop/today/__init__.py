"""The day: the agenda on its hours, what is to prepare and to write up, promises that fall due."""
