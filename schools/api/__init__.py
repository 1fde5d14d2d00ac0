"""`/api/v1/`: the published figures for a department's own systems. Read-only, by key, never a student.

Its layer is that of views: it asks, and words the answer. Every figure comes from `queries.published`.
"""
