"""What stands between the program and a terminal: output, the editor, progress."""
