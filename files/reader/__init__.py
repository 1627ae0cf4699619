"""The reader: every version of a document as a page of the site, with its words, its pictures and its tables."""
