"""How many of what, in words: "1 customer", "2 customers"."""

from kamdesk.core.wording import Text


def customers(n: int) -> Text:
    """Return so many customers in words."""
    return Text("{n} customer", "{n} customers", n=n)


def people(n: int) -> Text:
    """Return so many people in words."""
    return Text("{n} person", "{n} people", n=n)


def visits(n: int) -> Text:
    """Return so many visits in words."""
    return Text("{n} visit", "{n} visits", n=n)


def actions(n: int) -> Text:
    """Return so many actions in words."""
    return Text("{n} action", "{n} actions", n=n)
