"""The list of customers: find, open, add, import, export."""
