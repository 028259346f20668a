"""The hub inside a workspace: the keeper, the boxes of its laptops, what lies there answered."""
