"""Text as people write it: cleaned at the edge, names read right, lines broken well."""
