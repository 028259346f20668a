"""Exchange with the team, the desk's side: the wire, merging of texts, conflicts."""
