"""Papers as PDF: what they hold, and how it is drawn."""
