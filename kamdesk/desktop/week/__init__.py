"""The week under work: proposed, moved by hand, pinned, tried, accepted."""
