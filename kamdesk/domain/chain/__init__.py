"""The decision chain: maps, seats, dated judgements, ties between people."""
