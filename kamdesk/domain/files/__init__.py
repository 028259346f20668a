"""Files kept with a customer: what they are called, and what is in them."""
