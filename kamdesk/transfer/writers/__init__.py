"""Writers of plain tables for other programs: formula-safe, private, whole or not at all."""
