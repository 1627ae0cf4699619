"""Publications and their files: what is kept, taken in, extracted, served and counted."""
