"""What does a printed string mean? Pure functions from `str` to values; no files, pages or tables."""
