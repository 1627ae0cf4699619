"""Finding: analysis, engines and the finder."""
