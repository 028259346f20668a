"""The house's own packs of rules, which one is in force, and how right its warnings were."""
