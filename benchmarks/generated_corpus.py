"""A large corpus made of real text: the first content's own sentences in both languages, put together anew.

Frequent words are thus as frequent as in real text. So that rare words are too, which few sentences cannot give, some
words make room for others drawn by Zipf's law: in Bulgarian from the dictionary, in English from the same in Latin
letters, as names would come. The same size gives the same corpus, to the letter.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hub.searchable import Passage, Record
from hub.transliteration import transliterate
from search.analysis.dictionary import bulgarian

PROJECT = Path(__file__).resolve().parent.parent
PASSAGE_WORDS = 100
BRIEF_WORDS = 20
PASSAGES_OF_A_PAGE, PASSAGES_OF_A_DOCUMENT = 8, 60
PASSAGES_FOR_A_PAGE = 20  # of all passages: 200,000 of them are 10,000 pages and 2,000 documents
PASSAGES_FOR_A_DOCUMENT = 100
RARE_SHARE = 0.12  # of all longer words: so the different words of a text grow with its length as in real ones
BULGARIAN_SHARE = 0.75

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+")
_CYRILLIC = re.compile("[а-яА-Я]")
_LATIN = re.compile("[a-zA-Z]")
_PLAIN_WORD = re.compile(r"[^\W\d_]{5,}")
_MARKUP = re.compile(r"<[^>]+>|[*#|_`]|https?://\S+")


@dataclass(frozen=True, slots=True)
class Size:
    """How many pages and documents a number of passages makes."""

    pages: int
    documents: int
    is_brief: bool = False  # a passage of some words to each record

    @classmethod
    def of(cls, passages: int, *, is_brief: bool = False) -> "Size":
        """Return the size for a number of passages, at least one of each kind."""
        return cls(max(1, passages // PASSAGES_FOR_A_PAGE), max(1, passages // PASSAGES_FOR_A_DOCUMENT), is_brief)


class Corpus:
    """Records in the order in which they are indexed, pages first."""

    def __init__(self, size: Size, values: Mapping[str, Sequence[str]], page_ids: Sequence[int]) -> None:
        self.size = size
        self._values = values  # the slugs of each vocabulary
        self._page_ids = page_ids
        self._random = random.Random(20201214)  # noqa: S311 - the same corpus each time
        self._sentences = _sentences()
        self._rare = _rare_words(self._random)

    def records(self) -> Iterator[Record]:
        """Yield all records."""
        for number, page_id in enumerate(self._page_ids[: self.size.pages]):
            yield self._record(f"page:{page_id}", number, "practice", PASSAGES_OF_A_PAGE, page_id)
        for number in range(self.size.documents):
            yield self._record(f"document:{number + 1}", number, "file", PASSAGES_OF_A_DOCUMENT, None)

    def _record(self, key: str, number: int, kind: str, count: int, page_id: int | None) -> Record:
        """Return a record of so many passages."""
        draw = self._random
        language = "bg" if draw.random() < BULGARIAN_SHARE else "en"
        is_file = kind == "file"
        count, words = (1, BRIEF_WORDS) if self.size.is_brief else (count, PASSAGE_WORDS)
        published = datetime(2012, 1, 1, tzinfo=UTC) + timedelta(days=draw.randrange(5000))
        facets = {name: tuple(draw.sample(slugs, draw.randint(1, 2))) for name, slugs in self._values.items()}
        facets["year"] = (str(published.year),)
        if is_file:
            facets |= {"file_type": (draw.choice(["pdf", "docx", "xlsx"]),), "language": (language,)}
        passages = tuple(
            Passage(
                self._text(language, words),
                f"page={place}" if is_file else f"part-{place}",
                f"стр. {place}" if is_file else "",
            )
            for place in range(1, count + 1)
        )
        return Record(
            key=key, language=language, kind=kind, title=self._title(language), url=f"/{language}/{kind}/{number}/",
            summary=self._text(language, 25), breadcrumbs=("Начало", "Практики"), page_id=page_id,
            translation_key=key, published_at=published, facets=facets, passages=passages,
        )  # fmt: skip

    def _title(self, language: str) -> str:
        """Return some words of a sentence."""
        words = self._text(language, 12).split()
        return " ".join(words[: self._random.randint(4, 10)]).strip(" ,.;:–")

    def _text(self, language: str, words: int) -> str:
        """Return sentences of at least so many words together."""
        chosen: list[str] = []
        count = 0
        while count < words:
            sentence = self._random.choice(self._sentences[language])
            chosen.append(_PLAIN_WORD.sub(lambda match: self._perhaps_rare(match.group(), language), sentence))
            count += sentence.count(" ") + 1
        return " ".join(chosen)

    def _perhaps_rare(self, word: str, language: str) -> str:
        """Return the word, or now and then a rare one in its place."""
        if self._random.random() > RARE_SHARE:
            return word
        rare = self._rare[language]
        # The logarithm of a rank is spread evenly: that is Zipf's law.
        return rare[int(len(rare) ** self._random.random()) - 1]


def _sentences() -> dict[str, list[str]]:
    """Return the sentences of the first content by language."""
    texts: list[str] = []
    for path in sorted(PROJECT.glob("*/seed/**/*")):
        if path.suffix == ".md":
            texts.append(path.read_text(encoding="utf-8").rpartition("+++")[2])
        elif path.suffix == ".toml":
            texts += _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    found: dict[str, dict[str, None]] = {"bg": {}, "en": {}}
    for text in texts:
        for match in _SENTENCE.finditer(" ".join(_MARKUP.sub(" ", text).split())):
            sentence = match.group().strip()
            if 4 <= sentence.count(" ") <= 60:
                language = "bg" if len(_CYRILLIC.findall(sentence)) > len(_LATIN.findall(sentence)) else "en"
                found[language][sentence] = None
    return {language: list(sentences) for language, sentences in found.items()}


def _strings(value: Any) -> Iterator[str]:
    """Yield all texts in a TOML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _rare_words(draw: random.Random) -> dict[str, list[str]]:
    """Return the words that stand in for others, by language."""
    words = sorted(set(bulgarian().forms()))
    draw.shuffle(words)
    return {"bg": words, "en": [transliterate(word) for word in words[::3]]}
