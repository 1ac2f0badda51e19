"""Importing records: from the rows of a table to the resulting registry, and the rows that cannot be imported."""
