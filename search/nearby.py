"""What comes near a question: records that hold a good part of its words, where few hold all of them.

They stand among the results where their closeness puts them, and each says which words it does without, so that nobody
takes it for an answer to the whole question. They are neither counted nor filtered into facets.
"""

from collections.abc import Mapping, Sequence

from search.analysis import analyse
from search.asking import Wish
from search.engines import Answer, Clause, Question, State, engine
from search.query import Reading

MOST_THEMES = 6


def near(slots: Sequence[Clause], reading: Reading, language: str, wish: Wish, state: State) -> Answer:
    """Return what holds about half of the words or more, each by itself or by what may stand for it.

    All of it holds the quotations, whose words are therefore not counted again.
    """
    quotations = tuple(clause for clause in reading.clauses if clause.phrase)
    quoted = {terms for clause in quotations for terms in clause.phrase_terms}
    words = tuple(slot for slot in slots if slot.terms not in quoted)
    if len(words) < 2:
        return Answer(total=0)
    asked = Question(
        language=language,
        clauses=quotations,
        some=words,
        least=max(1, len(words) // 2),
        excluded=reading.excluded,
        filters=wish.filters,
        limit=wish.limit,
        is_counted=False,
    )
    (answer,) = engine().find([asked], state)
    return answer


def themes(reading: Reading, language: str, labels: Mapping[str, str], state: State) -> list[tuple[str, str, int]]:
    """Return themes with their names and numbers of records: those named in a question first, then the fullest."""
    (everything,) = engine().find([Question(language=language, limit=0)], state)
    counts = everything.facets.get("theme", {})
    asked = {term for clause in reading.clauses for term in clause.all_terms}

    def rank(theme: str) -> tuple[bool, int, str]:
        named = {term for token in analyse(labels[theme], language) for term in token.terms}
        return asked.isdisjoint(named), -counts[theme], theme

    best = sorted((theme for theme in labels if counts.get(theme)), key=rank)[:MOST_THEMES]
    return [(theme, labels[theme], counts[theme]) for theme in best]
