"""Who is due for a contact: the list, and the steps that plan, note, agree and pause."""
