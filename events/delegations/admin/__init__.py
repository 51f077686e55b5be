"""Staff screens of contact points and delegations."""
