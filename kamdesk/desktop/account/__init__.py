"""One customer: overview, people, visits and promises, history."""
