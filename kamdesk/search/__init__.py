"""Finding customers, people and notes as one types: keys, the index that follows, the questions."""
