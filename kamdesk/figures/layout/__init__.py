"""Where the boxes of a figure stand; no shapes, no fonts."""
