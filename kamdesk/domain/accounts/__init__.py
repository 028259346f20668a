"""The customer file: organisations, their sites, their group."""
