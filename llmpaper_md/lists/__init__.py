"""Lists of papers: matching, comparing, numbering and sorting their entries."""
