"""The commands: each reads its arguments, calls what it is about, and hands the result to a view."""
