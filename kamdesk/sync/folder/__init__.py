"""Exchange without a hub at hand: a shared folder is the post between a laptop and its keeper."""
