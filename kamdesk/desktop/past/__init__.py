"""What happened to a record: read, shown as a list, any value brought back."""
