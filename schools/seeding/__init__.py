"""A whole made-up state in bulk, to measure with. Nobody works in it: its people cannot sign in by e-mail."""
