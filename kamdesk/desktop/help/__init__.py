"""Help in the window: pages to read, and the keys that act where one is."""
