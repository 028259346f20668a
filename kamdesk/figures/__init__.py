"""Pure drawing: content in, reportlab shapes out, each carrying the id of the record it shows."""
