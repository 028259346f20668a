"""Where a record came from: the key it has in another system."""
