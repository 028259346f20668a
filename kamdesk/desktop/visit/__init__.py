"""One visit: prepared before, written up after, moved, dropped and closed."""
