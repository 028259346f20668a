"""The window: pages that ask the workbench and show what they are given."""

import builtins

import PySide6.QtCore

# PySide6 puts itself before every import and reads the source of each module, to see whether it
# may want a ``__feature__``. Nothing here does, and it costs 9 ms of the start and 12 MB.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
del builtins, PySide6
