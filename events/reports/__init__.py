"""Monitoring figures and exports."""
