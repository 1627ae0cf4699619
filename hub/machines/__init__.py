"""What machines read of the hub: sitemap, feeds, linked data, Markdown, share cards, icons."""
