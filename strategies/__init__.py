"""The participation strategy with its chapters and measures, and the case studies."""
