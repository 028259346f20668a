"""Opening a workspace: the key in hand, the unlock page, and what to say when it cannot be."""
