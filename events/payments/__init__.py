"""Fees and how they are paid."""
