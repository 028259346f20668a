"""The nouns of the trade, each in a room of its own: what is true, how it is kept, what one can do."""
