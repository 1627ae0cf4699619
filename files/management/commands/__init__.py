"""Commands of the files."""
