"""Staff screens of the staff: teams, invitations, who saw personal data, and leaving."""
