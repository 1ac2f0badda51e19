"""The command line: thin commands that read arguments, call one function below, and hand its result to a view."""
