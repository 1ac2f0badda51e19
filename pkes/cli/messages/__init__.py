"""Errors, findings and values in words."""
