"""The parts that pages are made of; each knows the theme, none knows the desk."""
