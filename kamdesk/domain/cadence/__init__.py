"""Contact duties: who is to be met how often, since when, and how late it is."""
