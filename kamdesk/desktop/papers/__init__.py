"""Papers in the window: seen, chosen for their reader, saved, printed, shown in a viewer."""
