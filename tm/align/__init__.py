"""Sentence alignment of Vietnamese and English documents.

``engine`` aligns; ``features`` says what a sentence offers as evidence, ``lexicon`` and ``learn`` what
means what, ``evidence`` and ``cells`` how much a pair of sentences speaks for itself, ``band`` where to
look, ``path`` what the best path is and how sure each bead of it.
"""
