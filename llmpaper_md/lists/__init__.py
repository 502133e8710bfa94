"""Papers of lists: which are the same, how they are numbered, sorted and compared."""
