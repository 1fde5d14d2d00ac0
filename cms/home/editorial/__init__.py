"""How people write, translate and review in Wagtail's admin."""
