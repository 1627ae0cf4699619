"""The kinds of file that are taken in, by media type and by extension."""

from typing import Final

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT: Final = "application/vnd.oasis.opendocument.text"
CSV: Final = "text/csv"
TXT: Final = "text/plain"

BY_EXTENSION: Final = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "odt": ODT, "csv": CSV, "txt": TXT}
EXTENSIONS: Final = {media_type: extension for extension, media_type in BY_EXTENSION.items()}
