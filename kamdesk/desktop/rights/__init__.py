"""People's rights: on what ground somebody is kept, what is held, leave them alone, forget them."""
