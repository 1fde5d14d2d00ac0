"""A demonstration state: clearly made up, believable, and made through the same actions as a real one."""
