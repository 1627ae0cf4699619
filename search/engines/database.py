"""The engine in the site's own database: postings in plain tables, BM25 and facets in Python.

One query fetches the postings of all terms of all questions; what is ranked afterwards are numbers in memory. Tried
beside it: ranking in SQL with facets by GROUP BY, which costs more with each hit and could not say which word of a
question stands in its way; and a row for each term of each record, which took ten times as long to write and to read.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import batched
from operator import or_

from django.db.models import Exists, OuterRef, Q

from search import vocabulary
from search.entries import Entry
from search.models import IndexedRecord, PostingBlock, RecordText, Term

from .base import Answer, Clause, Held, Question, State
from .catalogue import NOWHERE, Catalogue
from .database_writing import delete_everything, delete_records, held, write_entries
from .packing import has_phrase, pack_phrase, unpack_postings
from .posting_blocks import CHUNK
from .ranking import Postings, Quotation, Quotations, Search


class DatabaseEngine:
    """Keeps the index in tables beside the content; the outline of it stays in memory while nothing changes."""

    _lock = threading.Lock()
    _remembered: tuple[str | None, Catalogue] | None = None

    def write(self, entries: Iterable[Entry], *, anew: bool = False) -> None:
        """Store the entries in one transaction."""
        write_entries(entries, anew=anew)

    def delete(self, keys: Iterable[str]) -> None:
        """Forget the records with these keys."""
        delete_records(IndexedRecord.objects.filter(key__in=list(keys)))

    def clear(self) -> None:
        """Forget everything, terms and words too."""
        delete_everything()

    def tidy(self) -> None:
        """Delete the terms and words that stand nowhere any more."""
        vocabulary.tidy()
        Term.objects.filter(~Exists(PostingBlock.objects.filter(term=OuterRef("pk")))).delete()

    def settle(self) -> None:
        """Do nothing: what is written here answers from the next moment on."""

    def held(self) -> dict[str, Held]:
        """Return what is stored, by key."""
        return held(IndexedRecord.objects.all())

    def find(self, questions: Sequence[Question], state: State) -> tuple[Answer, ...]:
        """Return an answer to each question."""
        catalogue = self._catalogue(state.token)
        postings = _postings(catalogue, questions)
        quotations = _quotations(catalogue, questions, postings)
        shown = ~catalogue.set_of_keys(state.hidden)
        return tuple(Search(catalogue, question, shown, postings, quotations).answer() for question in questions)

    @classmethod
    def _catalogue(cls, token: str | None) -> Catalogue:
        """Return the outline of the index, from memory if nothing has changed since."""
        remembered = cls._remembered
        if remembered is None or token is None or remembered[0] != token:
            with cls._lock:
                catalogue = remembered[1].brought_up_to_date() if remembered else Catalogue.load()
                remembered = cls._remembered = token, catalogue
        return remembered[1]


def _postings(catalogue: Catalogue, questions: Sequence[Question]) -> Postings:
    """Return the postings of all terms of all questions, by one query or from memory."""
    wanted = {
        (question.language, term)
        for question in questions
        for clause in (*question.clauses, *question.some, *question.excluded)
        for term in clause.all_terms
    }
    remembered = catalogue.postings
    found: dict[tuple[str, str], dict[int, int]] = {term: remembered[term] for term in wanted if term in remembered}
    missing = defaultdict[str, list[str]](list)
    for language, term in wanted - found.keys():
        missing[language].append(term)
        found[language, term] = {}
    if not missing:
        return found
    condition = reduce(or_, (Q(term__language=code, term__text__in=terms) for code, terms in missing.items()))
    rows = PostingBlock.objects.filter(condition).values_list("term__language", "term__text", "block", "postings")
    for language, term, block, packed in rows:
        numbers, weights = unpack_postings(bytes(packed))
        found[language, term].update(zip(catalogue.places_in_block(block, numbers), weights, strict=True))
    for language, terms in missing.items():
        for term in terms:
            found[language, term].pop(NOWHERE, None)
            catalogue.remember((language, term), found[language, term])
    return found


def _quotations(catalogue: Catalogue, questions: Sequence[Question], postings: Postings) -> Quotations:
    """Return which records hold each quotation word for word, by two queries where there is any."""
    clauses = {
        (question.language, clause.phrase): clause
        for question in questions
        for clause in (*question.clauses, *question.excluded)
        if clause.phrase
    }
    if not clauses:
        return {}
    numbers = vocabulary.numbers_of({(language, word) for language, phrase in clauses for word in phrase})
    packed, candidates = {}, {}
    for (language, phrase), clause in clauses.items():
        known = [numbers[language, word] for word in phrase if (language, word) in numbers]
        if len(known) == len(phrase):  # else a word of it stands nowhere
            packed[language, phrase] = pack_phrase(known)
            candidates[language, phrase] = _holding_the_words(catalogue, clause, language, postings)
    return _word_for_word(catalogue, packed, candidates)


def _holding_the_words(catalogue: Catalogue, clause: Clause, language: str, postings: Postings) -> int:
    """Return which records hold all words of a quotation, in whatever form and order."""
    members = -1
    for terms in clause.phrase_terms or (clause.terms,):
        holding = (catalogue.set_of(postings.get((language, term), ())) for term in terms)
        members &= reduce(or_, holding, 0)
    return members


def _word_for_word(catalogue: Catalogue, packed: Mapping[Quotation, bytes], candidates: Quotations) -> Quotations:
    """Return which of the candidates hold the packed quotations."""
    found: dict[Quotation, list[int]] = {quotation: [] for quotation in packed}
    among = {quotation: {*catalogue.places(members)} for quotation, members in candidates.items()}
    for chunk in batched(catalogue.record_ids(reduce(or_, candidates.values(), 0)), CHUNK):
        for record_id, words in RecordText.objects.filter(pk__in=chunk).values_list("record_id", "words"):
            place = catalogue.place_of(record_id)
            for quotation, phrase in packed.items():
                if place in among[quotation] and has_phrase(bytes(words), phrase):
                    found[quotation].append(place)
    return {quotation: catalogue.set_of(places) for quotation, places in found.items()}
