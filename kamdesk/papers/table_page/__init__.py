"""The table page: the one sheet that may lie on the customer's table."""
