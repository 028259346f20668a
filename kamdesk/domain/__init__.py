"""The nouns of the trade, each in a room: what is true, how it is kept, what one can do."""
