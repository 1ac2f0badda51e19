"""Findings and the rules that find them: when the rules run, where a finding stands in a text, and what mends it."""
