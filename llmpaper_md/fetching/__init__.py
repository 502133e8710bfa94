"""Titles from arXiv and Crossref: the only part of the package that uses the network.

`engine` asks a service for many papers, `arxiv` and `crossref` know how each is asked and what it
answers, `client` is the one connection: its pace, pauses and limits.
"""
