"""The week plan: the week as a grid, the ways of its days, every why, and who was left out."""
