"""Our own side: colleagues, and who sits at this laptop."""
