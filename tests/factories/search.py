"""The least records that a test of finding can have."""

import itertools
from collections.abc import Collection
from typing import Any

from hub.searchable import Passage, Record
from search.engines import Answer, Engine, Question, State
from search.entries import Entry
from search.models import GlossaryTerm, IndexState
from search.query import parse, read

_numbers = itertools.count(1)


def make_record(**values: Any) -> Record:
    """Return a record; `text` is its only passage."""
    number = next(_numbers)
    text = values.pop("text", "")
    values = {
        "key": f"thing:{number}",
        "language": "bg",
        "kind": "page",
        "title": f"Заглавие {number}",
        "url": f"/bg/{number}/",
        "passages": (Passage(text),) if text else (),
        **values,
    }
    return Record(**values)


def make_term(term: str, **values: Any) -> GlossaryTerm:
    """Return a term of the glossary by its Bulgarian name, known to finding but no find itself."""
    number = next(_numbers)
    values = {"slug": f"term-{number}", "term_bg": term, "term_en": f"unasked{number}", **values}
    (term_row,) = GlossaryTerm.objects.bulk_create([GlossaryTerm(**values)])
    IndexState.renew_token()
    return term_row


def write(engine: Engine, *records: Record) -> None:
    """Write records as indexing does."""
    engine.write([Entry.of(record) for record in records])


def question(text: str = "", language: str = "bg", **values: Any) -> Question:
    """Return the question of a typed query."""
    reading = read(parse(text), language)
    return Question(language=language, clauses=reading.clauses, excluded=reading.excluded, **values)


def find(engine: Engine, asked: Question, hidden: Collection[str] = ()) -> Answer:
    """Return the answer to one question."""
    (answer,) = engine.find([asked], State(str(IndexState.current_token()), frozenset(hidden)))
    return answer


def keys(answer: Answer) -> list[str]:
    """Return the keys of the hits in their order."""
    return [hit.key for hit in answer.hits]
