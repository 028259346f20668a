"""The playbook in the window: packs of rules by which decision chains are judged."""
