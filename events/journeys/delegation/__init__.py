"""A delegation's page: a contact point nominates, follows and hands over."""
