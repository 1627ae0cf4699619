r"""Compiles the two dictionaries from the one of WikDict, as Debian ships it for the dict server.

    python -m search.bilingual.compile_dictionary freedict-eng-bul.dict.dz freedict-eng-bul.index search/bilingual/data

The source and how to get it are told in `data/README.md`.
"""

import argparse
import gzip
import itertools
import logging
import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from search.analysis import ALL_STOP_WORDS, analyse

from .dictionary import FILES, HEADER

logger = logging.getLogger(__name__)

type Senses = list[list[str]]
"""What a headword may be called, sense by sense."""

_BASE64: Final = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_OPENING: Final = re.compile(r"^(?P<headword>[^/<\n]+?)\s*(?://?[^\n]*?/)?\s*(?:<(?P<part>[a-z]+)>)?$")
_SKIPPED_PARTS: Final = frozenset({"suffix", "prefix", "interj", "symbol"})
_CYRILLIC: Final = re.compile("[а-яА-Я]")
_LINK: Final = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_NUMBER: Final = re.compile(r"(?:^|\s)\d+\.(?=\s|$)")
_UNUSABLE: Final = re.compile(r"[=|;,\t\n()\[\]{}…]|\.\.\.")
_MOST_WORDS: Final = 4  # of a headword or a translation: what is longer is an explanation
_MOST_KEYS: Final = 8  # of a phrase, whose words may each be forms of several
_MOST_SENSES: Final = 8


def read_entries(dictionary: Path, index: Path) -> Iterator[tuple[str, Senses]]:
    """Yield the English headwords with their senses, as the index of a dict server's file finds them."""
    data = gzip.decompress(dictionary.read_bytes())
    places = set()
    for line in index.read_text(encoding="utf-8").splitlines():
        word, place, size = line.split("\t")
        if not word.startswith("00database"):
            places.add((_number(place), _number(size)))
    for start, length in sorted(places):
        opening, *lines = data[start : start + length].decode("utf-8").splitlines()
        match = _OPENING.match(opening)
        if match is None or match["part"] in _SKIPPED_PARTS:
            continue
        senses = [sense for line in lines if _CYRILLIC.search(line) and (sense := _sense(line))]
        if senses and _is_usable(match["headword"]):
            yield match["headword"].strip(), senses


def merged(entries: Iterable[tuple[str, Senses]]) -> dict[str, Senses]:
    """Return one entry for each headword: first the first senses of all its parts of speech, then the second ones."""
    parts: dict[str, list[Senses]] = defaultdict(list)
    for headword, senses in entries:
        parts[headword].append(senses)
    return {
        headword: _distinct([list(itertools.chain(*rank)) for rank in itertools.zip_longest(*of, fillvalue=[])])
        for headword, of in parts.items()
    }


def inverted(entries: Mapping[str, Senses]) -> dict[str, Senses]:
    """Return the Bulgarian headwords: what they translate first comes first, the plainer English word before others."""
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for headword, senses in entries.items():
        for rank, sense in enumerate(senses):
            for text in sense:
                ranks[text].setdefault(headword, rank)
    inverse = {}
    for text, headwords in ranks.items():
        # A headword with many senses is a common word; with one and the same rank it is the likelier translation.
        order = sorted(headwords, key=lambda word: (headwords[word], -sum(map(len, entries[word])), word))
        by_rank: dict[int, list[str]] = defaultdict(list)
        for word in order:
            by_rank[headwords[word]].append(word)
        inverse[text] = _distinct([by_rank[rank] for rank in sorted(by_rank)])
    return inverse


def compiled(entries: Mapping[str, Senses], language: str) -> Iterator[str]:
    """Yield the lines of a compiled file."""
    lines: dict[str, list[str]] = defaultdict(list)
    for headword in sorted(entries):
        written = ";".join(",".join(sense) for sense in entries[headword][:_MOST_SENSES])
        for key in keys_of(headword, language):
            lines[key].append(f"{headword}={written}")
    yield HEADER
    for key in sorted(lines, key=str.encode):
        yield f"{key}\t{'|'.join(lines[key])}"


def keys_of(text: str, language: str) -> list[str]:
    """Return the terms that a word or a phrase may be looked up by, function words left out where there are others."""
    tokens = [token for token in analyse(text, language) if token.terms]
    deciding = [token for token in tokens if token.word not in ALL_STOP_WORDS] or tokens
    choices = itertools.product(*(token.terms for token in deciding)) if deciding else ()
    return [" ".join(terms) for terms in itertools.islice(choices, _MOST_KEYS)]


def _number(written: str) -> int:
    """Return a number as the index writes it."""
    value = 0
    for sign in written:
        value = value * 64 + _BASE64.index(sign)
    return value


def _sense(line: str) -> list[str]:
    """Return what a line of translations holds, without accents, links, remarks and numbers."""
    plain = unicodedata.normalize("NFD", _LINK.sub(r"\1", line)).replace("\u0301", "").replace("\u0300", "")
    plain = _NUMBER.sub(" ", _BRACKETS.sub(" ", unicodedata.normalize("NFC", plain)))
    texts = (" ".join(text.split()).strip(" .!?") for text in re.split("[,;/]", plain))
    return [text for text in texts if _is_usable(text) and _CYRILLIC.search(text)]


def _is_usable(text: str) -> bool:
    """Return whether a text is a word or a short phrase."""
    return bool(text) and not _UNUSABLE.search(text) and len(text.split()) <= _MOST_WORDS


def _distinct(senses: Senses) -> Senses:
    """Return the senses with each translation in its first one alone, compared without case."""
    seen: set[str] = set()
    kept = []
    for sense in senses:
        new = list({text.lower(): text for text in reversed(sense) if text.lower() not in seen}.values())[::-1]
        seen.update(text.lower() for text in new)
        if new:
            kept.append(new)
    return kept


def write(lines: Iterable[str], path: Path) -> None:
    """Write a file that is the same whenever it is made of the same lines."""
    text = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Compile both directions."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    english = merged(read_entries(options.dictionary, options.index))
    for language, entries in (("en", english), ("bg", inverted(english))):
        path = options.folder / FILES[language]
        write(compiled(entries, language), path)
        logger.info("%s: %d headwords, %d bytes", path.name, len(entries), path.stat().st_size)


if __name__ == "__main__":
    main()
