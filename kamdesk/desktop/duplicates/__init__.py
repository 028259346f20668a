"""Records that may be one: compared, made one, or said to be two."""
