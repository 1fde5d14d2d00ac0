"""The shipped curriculum as files: how they look, how they are read, and their sentences.

Nothing in here touches the database; `docs/content-format.md` describes the format.
"""
