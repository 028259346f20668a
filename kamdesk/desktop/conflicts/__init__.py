"""What was written apart and waits for the user: field by field, mine, theirs, before."""
