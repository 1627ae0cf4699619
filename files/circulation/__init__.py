"""What goes out of the house and who asks for it: counts of downloads, bundles, citations, accessible formats."""
