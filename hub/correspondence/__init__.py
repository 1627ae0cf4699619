"""Letters of visitors: whether a page was useful, letters, reports of barriers; without a cookie."""
