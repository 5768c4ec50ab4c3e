"""Opening hours, time zones and holidays."""
