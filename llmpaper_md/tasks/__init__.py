"""What a command does with one file, as values, and how it is done for many files at once."""
