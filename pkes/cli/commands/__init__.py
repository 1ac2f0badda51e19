"""The commands: each reads its arguments, calls a function, and passes the result to a view."""
