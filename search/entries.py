"""Records made ready for the engines: fingerprinted, and analysed once for all of them."""

import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder

from hub.searchable import Passage, Record, UnknownKindError, kinds
from search.analysis import ANALYSIS_VERSION
from search.analysis.tokens import words_and_terms

FORMAT_VERSION = 4
"""Raised with every change of what an engine stores of a record, weights too."""

VERSION = f"{ANALYSIS_VERSION}/{FORMAT_VERSION}"
"""Names analysis and format: what is indexed under another version is to be written again."""


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text as the analysis sees it: its folded words in order, and how often each term stands in it."""

    words: tuple[str, ...]
    terms: Counter[str]

    @classmethod
    def of(cls, text: str, language: str) -> "AnalysedText":
        """Return the analysis of a text."""
        words, terms = words_and_terms(text, language)
        return cls(tuple(words), Counter(terms))


@dataclass(frozen=True, slots=True)
class AnalysedPassage:
    """A passage with its place in the record; number 0 is the title."""

    number: int
    passage: Passage
    analysed: AnalysedText


@dataclass(frozen=True)
class Entry:
    """A record ready to be written; what costs time is done when an engine first asks for it."""

    record: Record
    stamp: str = ""  # the state of the source when it was read
    analysis_version: str = VERSION

    @classmethod
    def of(cls, record: Record, stamp: str = "") -> "Entry":
        """Return the entry of a record whose kind is known."""
        if record.kind not in kinds:
            raise UnknownKindError(f"{record.key} is of the kind “{record.kind}”, which no room has registered")
        return cls(record, stamp)

    @cached_property
    def fingerprint(self) -> str:
        """What is another for any change of the record."""
        return _fingerprint(asdict(self.record))

    @cached_property
    def text_fingerprint(self) -> str:
        """What is another where the text must be analysed anew."""
        record = self.record
        texts = [record.title, record.summary, *(asdict(passage) for passage in record.passages)]
        return _fingerprint([self.analysis_version, record.language, texts])

    @cached_property
    def summary(self) -> AnalysedText:
        """The analysed summary."""
        return AnalysedText.of(self.record.summary, self.record.language)

    @cached_property
    def passages(self) -> tuple[AnalysedPassage, ...]:
        """The title as number 0, then the passages; the summary is one of them, even where its room does not say so."""
        record = self.record
        passages = [Passage(record.title), *record.passages]
        if record.summary and all(passage.text != record.summary for passage in record.passages):
            passages.insert(1, Passage(record.summary))
        parts = [Passage(text, passage.anchor, passage.label) for passage in passages if (text := _clean(passage.text))]
        if not _clean(record.title):
            parts.insert(0, Passage(""))
        return tuple(
            AnalysedPassage(number, part, AnalysedText.of(part.text, record.language))
            for number, part in enumerate(parts)
        )


def _clean(text: str) -> str:
    """Return a text composed (NFC) and without NUL, which no database takes."""
    return unicodedata.normalize("NFC", text).replace("\x00", "").strip()


def _fingerprint(data: object) -> str:
    """Return the SHA-256 of data in a canonical JSON form."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
