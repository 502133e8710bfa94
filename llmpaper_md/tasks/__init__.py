"""The work of a command on one file, as a value, and running it on many files in parallel."""
