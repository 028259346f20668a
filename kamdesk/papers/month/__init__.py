"""The month overview: a sheet of days with visits and who is due, and who of the core was seen."""
