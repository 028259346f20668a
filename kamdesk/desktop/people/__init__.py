"""The list of everybody in the file."""
