"""Template tags of the strategies."""
