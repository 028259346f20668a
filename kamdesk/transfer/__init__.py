"""Files coming in from elsewhere and going out again: read, mapped, judged, written."""
