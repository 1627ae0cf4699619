"""Both engines give the same answers, whatever is asked of whatever is there."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from hub.searchable import Passage
from search.engines import Alternative, Answer, Clause, Question, Sort, State
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.models import IndexState
from tests.factories.search import find, keys, make_record, question, write

pytestmark = pytest.mark.elasticsearch

WORDS = ["бюджет", "референдум", "жребий", "петиция", "община", "град", "площад", "младеж", "съвет", "план"]


def some(chance: random.Random, most: int) -> list[str]:
    """Return some words; the first ones come more often than the last."""
    weights = [1 / place for place in range(1, len(WORDS) + 1)]
    return chance.choices(WORDS, weights, k=chance.randint(1, most))


def fill(engine: ElasticEngine, chance: random.Random, count: int) -> None:
    """Write records of random words, values and days."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    write(
        engine,
        *(
            make_record(
                key=f"k{number:03}",
                language=chance.choice(("bg", "bg", "en")),
                kind=chance.choice(("page", "news")),
                title=" ".join(some(chance, 3)),
                passages=tuple(Passage(" ".join(some(chance, 12))) for _ in range(chance.randint(0, 3))),
                facets={"theme": tuple({chance.choice("abc") for _ in range(2)}), "year": (chance.choice("12"),)},
                published_at=chance.choice((None, start + timedelta(days=chance.randint(0, 9)))),
            )
            for number in range(count)
        ),
    )


def any_clause(chance: random.Random) -> Clause:
    """Return a word, a quotation, or something that can be said in several ways."""
    words = some(chance, 2)
    if chance.random() < 0.2:
        return Clause("„“", (words[0],), phrase=tuple(words))
    ways = [
        Alternative(tuple((word, chance.choice(WORDS)) for word in some(chance, 2)), chance.random())
        for _ in range(chance.randint(0, 2))
    ]
    return Clause(words[0], tuple(words) if chance.random() < 0.8 or not ways else (), alternatives=tuple(ways))


def any_question(chance: random.Random) -> Question:
    """Return a question of any form."""
    filters = {"theme": tuple("ab"[: chance.randint(1, 2)]), "kind": ("page",), "no-such": ("x",)}
    chosen = chance.sample(sorted(filters), k=chance.choice((0, 0, 1, 2)))
    return Question(
        language=chance.choice(("bg", "en")),
        clauses=tuple(any_clause(chance) for _ in range(chance.randint(0, 4))),
        excluded=tuple(any_clause(chance) for _ in range(chance.choice((0, 0, 1)))),
        filters={name: filters[name] for name in chosen},
        sort=chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, Sort.DATE)),
        offset=chance.choice((0, 0, 3)),
        limit=chance.choice((0, 5, 100)),
        may_relax=chance.random() < 0.5,
        is_counted=chance.random() < 0.8,
    )


def comparable(answer: Answer) -> tuple[object, ...]:
    """Return an answer without what is only rounded otherwise."""
    return answer.total, keys(answer), answer.facets, [clause.text for clause in answer.dropped]


@pytest.mark.parametrize("seed", range(4))
def test_any_question_has_the_same_answer_from_both(elastic: ElasticEngine, seed: int) -> None:
    chance = random.Random(seed)
    fill(elastic, chance, 60)
    hidden = frozenset(f"k{number:03}" for number in chance.sample(range(60), k=9))
    state = State(str(IndexState.current_token()), hidden)
    asked = [any_question(chance) for _ in range(60)]

    ours, theirs = elastic.find(asked, state), DatabaseEngine().find(asked, state)

    for one, here, there in zip(asked, ours, theirs, strict=True):
        assert comparable(here) == comparable(there), one
        assert [hit.score for hit in here.hits] == pytest.approx([hit.score for hit in there.hits], rel=1e-5), one


def test_more_records_may_be_hidden_than_one_list_of_terms_takes(elastic: ElasticEngine) -> None:
    write(elastic, *(make_record(key=f"page:{number}", text="бюджет") for number in range(5)))
    hidden = [f"page:{number}" for number in range(2, 70_000)]

    answer = find(elastic, question("бюджет"), hidden=hidden)

    assert (keys(answer), answer.total) == (["page:0", "page:1"], 2)
