"""Arithmetic on rows that somebody else has read: no query, no word for a person."""
