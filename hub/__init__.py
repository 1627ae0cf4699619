"""The ground of the house: settings, base pages, taxonomies, the project, news and organisations."""
