"""The page of one person, and the forms about people."""
