"""Calendar files (iCalendar): read as appointments, written from visits and promises."""
