"""The window of the desktop tests, on a workspace full of hostile strings."""

from desktop.conftest import application
from desktop.pages.conftest import fill, here

__all__ = ["application", "fill", "here"]
