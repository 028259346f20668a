"""The customer in the room: a desk of its own, with nothing on it that they must not see."""
