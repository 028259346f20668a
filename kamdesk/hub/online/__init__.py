"""The hub on the network: what it listens to, whom it lets in, what it holds back, its own log."""
