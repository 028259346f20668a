"""The ledger of promises: what both sides owe, since when, and how well each keeps its word."""
