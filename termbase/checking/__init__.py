"""Judging and repairing the use of terms in pairs of segments, behind ``check``, ``fix`` and ``report``."""
