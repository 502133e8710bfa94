"""Merging two lists, with the proof that no paper of either is lost."""
