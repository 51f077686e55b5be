"""Who may nominate for a party, and the delegation of each party to each event."""
