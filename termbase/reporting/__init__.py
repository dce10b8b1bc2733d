"""Counting, guessing and showing how documents render concepts, behind ``report``."""
