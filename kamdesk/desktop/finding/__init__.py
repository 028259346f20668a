"""The search box: names first, then notes, by the keyboard alone."""
