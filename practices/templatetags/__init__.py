"""Template tags of the practices."""
