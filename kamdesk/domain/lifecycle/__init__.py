"""The phase of a customer by time and evidence, and its standing tasks."""
