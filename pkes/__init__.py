"""The registry of a cluster of organisations."""
