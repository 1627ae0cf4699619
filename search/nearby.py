"""What comes near a question: records that hold a good part of its words, where few hold all of them.

They are shown after the results and apart from them, so that nobody takes them for answers to the whole question, and
they are neither counted nor filtered into facets. Engines know nothing of this: "most of these words" is one clause
that can be said in as many ways as there are large enough choices of the words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from search.analysis import analyse
from search.asking import Wish
from search.engines import Alternative, Clause, Question, State, engine
from search.query import Reading

MOST_THEMES = 6
MOST_WORDS = 6  # of which choices are made: 41 of three and more


def near(reading: Reading, language: str, wish: Wish, state: State, *, without: Collection[str]) -> list[str]:
    """Return the keys of records that hold about half of the words or more, those that say most first.

    All of them hold the quotations, whose words are therefore not counted again.
    """
    quotations = tuple(clause for clause in reading.clauses if clause.phrase)
    quoted = {terms for clause in quotations for terms in clause.phrase_terms}
    words = [clause for clause in reading.clauses if clause.terms and not clause.phrase and clause.terms not in quoted]
    words = words[:MOST_WORDS]
    if len(words) < 2:
        return []
    most = Clause(" ".join(word.text for word in words), (), alternatives=tuple(_choices(words)))
    asked = Question(
        language=language,
        clauses=(most, *quotations),
        excluded=reading.excluded,
        filters=wish.filters,
        limit=wish.limit + len(without),
    )
    (answer,) = engine().find([asked], state)
    return [hit.key for hit in answer.hits if hit.key not in without][: wish.limit]


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


def _choices(words: Sequence[Clause]) -> Iterator[Alternative]:
    """Yield each choice of half of the words or more, but not all, as a way to say most of them."""
    for size in range(max(1, len(words) // 2), len(words)):
        for chosen in combinations(words, size):
            yield Alternative(tuple(word.terms for word in chosen), 1.0)
