"""The interface to the terminal: output, the editor, progress."""
