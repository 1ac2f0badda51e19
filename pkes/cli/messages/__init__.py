"""Errors, findings and values in words for the user."""
