"""Cells of CSV files that people open in a spreadsheet."""

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Tells spreadsheets that the file is UTF-8.
MARK = "\ufeff"


def as_text(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: one that begins like a formula is quoted."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
