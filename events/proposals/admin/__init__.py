"""Staff screens of proposed events: look, put right, accept or refuse."""
