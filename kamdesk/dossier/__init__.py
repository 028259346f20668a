"""What reads or changes several rooms at once, named by the user's task."""
