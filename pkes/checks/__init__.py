"""Findings and the rules that find them: when the rules run, where in the text a finding is, and how to mend it."""
