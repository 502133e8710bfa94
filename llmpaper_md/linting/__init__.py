"""Rules that find what is wrong in a list of papers, and fixes for what they find."""
