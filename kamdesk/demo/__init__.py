"""The invented territory: a fresh workspace filled with customers nobody has, always the same."""
