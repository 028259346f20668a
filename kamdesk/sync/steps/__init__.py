"""The steps of a round: each one short transaction on the file, none knows hub or line."""
