"""Parsing e-mails."""
