"""The domain: an event's registrations from the page to the monitoring report."""
