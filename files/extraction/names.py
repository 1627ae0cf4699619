"""Names of uploaded files, which come from anywhere: only what is plainly a name is kept."""

import re
import unicodedata
from pathlib import PurePosixPath

NAME_LENGTH = 150
_SEPARATORS = re.compile(r"[/\\]")
_NO_NAME = re.compile(r'[<>:"|?*\s]+')


def clean_name(name: str) -> str:
    """Return the last part of a path in NFC, without signs that are invisible or no part of a name.

    A name that is too long keeps its extension; nothing usable yields "".
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign if sign.isspace() or unicodedata.category(sign)[0] != "C" else "" for sign in name)
    plain = _NO_NAME.sub(" ", visible).strip(" .")
    suffix = PurePosixPath(plain).suffix
    if len(plain) <= NAME_LENGTH:
        return plain
    if len(suffix) >= NAME_LENGTH:
        return plain[:NAME_LENGTH].strip(" .")
    return plain[: NAME_LENGTH - len(suffix)].rstrip(" .") + suffix


def name_from(title: str) -> str:
    """Return a title as a name of a file: a slash divides folders in a path, and in a title only words."""
    return clean_name(_SEPARATORS.sub("-", title)).strip(" .-")


def extension_of(name: str) -> str:
    """Return the extension in small letters without its dot, or ""."""
    return PurePosixPath(clean_name(name)).suffix.lower().removeprefix(".")
