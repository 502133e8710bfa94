"""The normal form of a list, the proofs that nothing was lost, and Markdown from records."""
