"""Who may see and do what in which event; the scoped base of every staff screen."""
