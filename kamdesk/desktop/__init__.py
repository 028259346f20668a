"""The window: pages that ask the workbench and show what they are given."""
