"""Reading a Markdown list: its blocks, tables, links and sections, and the papers in it."""
