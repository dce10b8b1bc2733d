"""Fuzzy matching without loss: what a segment is compared by, how alike two are, and which can be alike.

The tokens are in :mod:`tm.fuzzy.keys`, the scores in :mod:`tm.fuzzy.score`, the integer bounds of the
filter in :mod:`tm.fuzzy.bounds`; the posting lists are built by :mod:`tm.fuzzy.postings`.
"""
