"""Bulgarian in Latin letters, as the Transliteration Act (SG 19/2009, art. 5-7) has it."""

import re
import unicodedata

LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
}  # fmt: skip
# Art. 5(4): „ия" at the end of a word is „ia". Art. 6: the country's name keeps its customary form.
_FINAL_IA = re.compile(r"ия(?!\w)", re.IGNORECASE)
_COUNTRY = re.compile(r"\bбългария\b", re.IGNORECASE)


def transliterate(text: str) -> str:
    """Return the text with Bulgarian Cyrillic in the official Latin letters; all else stays as it is."""
    text = unicodedata.normalize("NFC", text).replace("ѝ", "и").replace("Ѝ", "И")
    text = _COUNTRY.sub(lambda m: _cased("bulgaria", m.group()), text)
    text = _FINAL_IA.sub(lambda m: _cased("ia", m.group()), text)
    out = []
    for index, letter in enumerate(text):
        latin = LETTERS.get(letter.lower())
        if latin is None:
            out.append(letter)
        elif letter.islower():
            out.append(latin)
        else:
            following = text[index + 1 : index + 2]
            out.append(latin.upper() if following.isupper() else latin.capitalize())
    return "".join(out)


def slug_from(text: str) -> str:
    """Return an address part of ASCII letters, digits and hyphens; empty where the text has no letter or digit."""
    latin = unicodedata.normalize("NFKD", transliterate(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")


def _cased(latin: str, original: str) -> str:
    """Return the Latin form in the case of the original word."""
    if original.isupper() and len(original) > 1:
        return latin.upper()
    return latin.capitalize() if original[0].isupper() else latin
