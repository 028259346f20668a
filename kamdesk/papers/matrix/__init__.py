"""The matrix on paper: our team against their people on one A4 page on its side."""
