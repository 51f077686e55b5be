"""Sessions, rooms, speakers, time zones."""
