"""The decision-influence table: everybody on the map in a row, and what follows from it."""
