"""The key-person sheet: at most eight people on half a page."""
