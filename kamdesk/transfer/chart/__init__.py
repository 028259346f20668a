"""An organisation chart from a foreign table, a list of pairs, or indented text."""
