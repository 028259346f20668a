"""The brief of a visit and its page for the table: seen, saved, printed."""
