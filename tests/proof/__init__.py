"""The proof that writes are safe, at a length that the tests of every day cannot afford.

    pytest tests/proof [--short]

It prints its figures at the end.
"""
