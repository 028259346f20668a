"""The page of an executive engagement plan, and the list of targets."""
