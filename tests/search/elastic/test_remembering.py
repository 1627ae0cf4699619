"""What a process remembers of the counts among the visible records, and what makes it forget."""

from typing import Any

import pytest
from elastic_transport import Transport

from search.engines import State
from search.engines.elastic import ElasticEngine, remembering
from search.engines.elastic.remembering import Counted, Memory
from search.models import Delivery, IndexState
from tests.factories.search import find, keys, make_record, question, write

STATE = State("one", frozenset({"a"}))


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that search in the cluster, one after the other."""
    put: list[str] = []
    perform = Transport.perform_request

    def perform_and_note(self: Transport, method: str, target: str, **options: Any) -> Any:
        if target.partition("?")[0].endswith("/_msearch"):
            put.append(target)
        return perform(self, method, target, **options)

    monkeypatch.setattr(Transport, "perform_request", perform_and_note)
    return put


def test_what_was_counted_is_known_to_the_next_question_of_the_same_state() -> None:
    memory = Memory()

    memory.of(STATE).learn("bg", 7, {("бюджет",): 3})

    assert memory.of(STATE).knows("bg", [("бюджет",)])
    assert dict(memory.of(STATE).of("bg", [("бюджет",)])) == {("бюджет",): 3}


def test_another_token_forgets_everything() -> None:
    memory = Memory()
    memory.of(STATE).learn("bg", 7, {("бюджет",): 3})

    assert not memory.of(State("two", STATE.hidden)).knows("bg", [("бюджет",)])
    assert not memory.of(STATE).knows("bg", [("бюджет",)])


def test_other_hidden_records_have_counts_of_their_own() -> None:
    memory = Memory()
    memory.of(STATE).learn("bg", 7, {("бюджет",): 3})

    assert not memory.of(State("one")).knows("bg", [("бюджет",)])
    assert memory.of(STATE).knows("bg", [("бюджет",)])


def test_languages_have_counts_of_their_own() -> None:
    counted = Counted()

    counted.learn("bg", 7, {("план",): 3})

    assert not counted.knows("en", [("план",)])
    assert counted.lacks("bg", [("план",), ("бюджет",)]) == [("бюджет",)]


def test_without_a_token_nothing_is_kept() -> None:
    memory = Memory()

    memory.of(State(None)).learn("bg", 7, {("бюджет",): 3})

    assert not memory.of(State(None)).knows("bg", [("бюджет",)])


def test_a_full_memory_begins_anew() -> None:
    memory = Memory()
    counted = memory.of(STATE)

    counted.learn("bg", 7, {(f"дума{number}", "друга"): 1 for number in range(remembering.ROOM // 2)})

    assert memory.of(STATE) is not counted
    assert not memory.of(STATE).totals


def test_only_the_last_sets_of_hidden_records_are_told_apart() -> None:
    memory = Memory()
    first = memory.of(STATE)
    others = [State("one", frozenset({str(number)})) for number in range(remembering.STATES)]

    last = [memory.of(state) for state in others]

    assert [memory.of(state) for state in others] == last
    assert memory.of(STATE) is not first


def test_nothing_is_kept_for_long() -> None:
    now = [1000.0]
    memory = Memory(clock=lambda: now[0])
    before = memory.of(STATE)

    now[0] += remembering.LONGEST
    assert memory.of(STATE) is before
    now[0] += 1

    assert memory.of(STATE) is not before


@pytest.mark.elasticsearch
def test_unknown_words_cost_two_requests_and_known_ones_one(elastic: ElasticEngine, requests: list[str]) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"), make_record(key="b", text="план"))

    first = find(elastic, question("местен бюджет", may_relax=True))
    assert len(requests) == 2
    again = find(elastic, question("бюджет", may_relax=True))

    assert len(requests) == 3
    assert keys(first) == keys(again) == ["a"]
    assert again.rarity.items() <= first.rarity.items()


@pytest.mark.elasticsearch
def test_any_number_of_questions_costs_as_many_requests_as_one(elastic: ElasticEngine, requests: list[str]) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"), make_record(key="b", language="en", text="plan"))
    asked = [question("бюджет"), question("местен бюджет"), question("plan", language="en"), question("plan")]

    answers = elastic.find(asked, State(str(IndexState.current_token())))

    assert [keys(answer) for answer in answers] == [["a"], ["a"], ["b"], []]
    assert len(requests) == 2


@pytest.mark.elasticsearch
def test_words_that_are_left_aside_cost_a_request_more(elastic: ElasticEngine, requests: list[str]) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"), make_record(key="b", text="план"))
    asked = question("местен бюджет план", may_relax=True)

    first = find(elastic, asked)
    assert len(requests) == 3
    again = find(elastic, asked)

    assert [clause.text for clause in first.dropped] == [clause.text for clause in again.dropped] != []
    assert len(requests) == 3 + 4  # that nothing holds all the words is not remembered


@pytest.mark.elasticsearch
def test_words_that_go_together_are_left_alone_where_a_filter_leaves_nothing(elastic: ElasticEngine) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"), make_record(key="b", kind="news", text="бюджет"))
    asked = question("местен бюджет", may_relax=True, filters={"kind": ("news",)})

    answers = [find(elastic, asked), find(elastic, asked)]

    assert [(answer.total, answer.dropped) for answer in answers] == [(0, ()), (0, ())]
    assert answers[1].facets["kind"] == {"page": 1}


@pytest.mark.elasticsearch
def test_what_is_only_counted_costs_one_request(elastic: ElasticEngine, requests: list[str]) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))

    answer = find(elastic, question("местен бюджет", limit=0))

    assert (answer.total, keys(answer), len(requests)) == (1, [], 1)


@pytest.mark.elasticsearch
def test_after_a_change_words_are_counted_anew(elastic: ElasticEngine) -> None:
    write(elastic, make_record(text="бюджет"), make_record(text="план"))
    (before,) = find(elastic, question("бюджет")).rarity.values()

    write(elastic, make_record(text="бюджет"))

    (after,) = find(elastic, question("бюджет")).rarity.values()
    assert after < before


@pytest.mark.elasticsearch
def test_what_is_hidden_is_never_counted(elastic: ElasticEngine) -> None:
    write(elastic, *(make_record(key=key, text="бюджет") for key in "abc"), make_record(text="план"))
    words = question("бюджет")

    hidden = [find(elastic, words, hidden=hidden).rarity for hidden in ((), ("a",), ("a", "b"), ("a",), ())]

    assert hidden[0] == hidden[4] != hidden[1] == hidden[3] != hidden[2]


@pytest.mark.elasticsearch
def test_while_the_cluster_has_still_to_be_told_of_a_change_nothing_is_remembered(
    elastic: ElasticEngine, requests: list[str]
) -> None:
    write(elastic, make_record(key="a", text="бюджет"))
    Delivery.objects.note(["a"])

    find(elastic, question("бюджет"))
    find(elastic, question("бюджет"))

    assert len(requests) == 4
