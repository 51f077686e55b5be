"""Programme to iCalendar: public and personal feeds."""
