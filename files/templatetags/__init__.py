"""Tags of the files."""
