"""Makes pages and questions of the files in `curriculum/content/`; see `load_curriculum`."""
