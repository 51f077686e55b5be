"""The demonstration: real past events, one invented next edition of each family, generated participants."""
