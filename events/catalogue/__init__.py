"""Families, events, countries and regions, categories of participant."""
