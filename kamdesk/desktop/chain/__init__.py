"""The decision chain of a customer: map, influence view, matrix; people edited by keys."""
