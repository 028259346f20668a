"""The encrypted workspace file: one road for writes, and the log from which all can be rebuilt."""
