"""What a Markdown list says: its blocks, tables, links and sections, and the papers in it."""
