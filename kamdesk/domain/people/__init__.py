"""Key persons, the posts they hold, how to reach them, what they need."""
