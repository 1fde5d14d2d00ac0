"""Measures the site's speed under load, and the weight of its pages. `make bench` runs it."""
