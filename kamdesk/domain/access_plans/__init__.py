"""Executive engagement plans: whom of theirs our executive shall meet, why, how, and what came."""
