"""Which letters the bytes of a plain text stand for: Unicode, or one of the old Bulgarian code pages."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES: Final = ("cp1251", "cp866", "koi8-r", "iso8859-5")
_SAMPLE: Final = 200_000
REPLACEMENT: Final = "\ufffd"
# A text is still UTF-8 with one damaged sign among so many: a code page read as UTF-8 is damaged nearly everywhere.
_TOLERANCE: Final = 20
# How often the letters stand in Bulgarian prose, in per mille; a wrong code page yields rare letters and capitals.
_FREQUENCY: Final = dict(
    zip(
        "аоиетнрсвлкпдмзгяъубчцжйщхшфюь",
        (
            118,
            90,
            88,
            84,
            77,
            72,
            50,
            47,
            46,
            34,
            35,
            29,
            35,
            24,
            21,
            15,
            17,
            15,
            15,
            13,
            15,
            8,
            7,
            7,
            5,
            6,
            5,
            3,
            2,
            1,
        ),
        strict=True,
    )
)
_ALIEN: Final = -60
_HABIT: Final = 25  # Windows-1251 is what a Bulgarian file without a mark is in, unless its letters say otherwise
_PUNCTUATION: Final = "„“”’–—…№§«»°€\u00a0\u00ad"
_CAPITAL_INSIDE: Final = re.compile("[а-яѝ][А-ЯЍ]")
_WESTERN: Final = "cp1252"
# A letter of a Western language stands among plain Latin ones, a Cyrillic one among its like.
_AMONG_LATIN: Final = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_UPPER_HALF: Final = re.compile(rb"[\x80-\xff]")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding that it was read by."""
    encoding = detect(data)
    return data.decode(encoding, errors="replace"), encoding


def detect(data: bytes) -> str:
    """Return the encoding: by its mark, UTF-8 where all but a few bytes allow it, else the likeliest code page."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    text = data.decode("utf-8", errors="replace")
    damaged = text.count(REPLACEMENT)
    intact = sum(sign > "\x7f" for sign in text) - damaged
    return "utf-8" if damaged * _TOLERANCE <= intact else _likeliest(data[:_SAMPLE])


def _likeliest(sample: bytes) -> str:
    """Return the code page whose reading looks most like Bulgarian, or the Western one for Latin words."""
    if len(_AMONG_LATIN.findall(sample)) * 2 > len(_UPPER_HALF.findall(sample)):
        return _WESTERN
    scores = {encoding: _score(sample.decode(encoding, errors="replace")) for encoding in _CODE_PAGES}
    scores[_CODE_PAGES[0]] += _HABIT
    return max(scores, key=lambda encoding: scores[encoding])


def _score(text: str) -> float:
    """Return how much a reading looks like running text: by its letters, and by where its capitals stand."""
    high = [sign for sign in text.lower() if sign > "\x7f" and sign not in _PUNCTUATION]
    letters = sum(_FREQUENCY.get(sign, _ALIEN) for sign in high)
    misplaced = len(_CAPITAL_INSIDE.findall(text))
    return (letters + misplaced * _ALIEN * 2) / max(len(high), 1)
