"""The registry's file: finding, locking, reading, editing and replacing it so that it is complete at every moment."""
