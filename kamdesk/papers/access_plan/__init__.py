"""Executive plans on paper: a private page a target, and the exchange plan both sides may read."""
