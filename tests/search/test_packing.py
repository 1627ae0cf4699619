"""What is packed comes back as it was, and quotations are found in it where they stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.packing import (
    PackedTerms,
    RecordTerms,
    distinct_words,
    has_phrase,
    pack_phrase,
    pack_postings,
    pack_words,
    passages_with,
    unpack_postings,
    unpack_words,
)

numbers = st.integers(1, 2**32 - 1)
few_numbers = st.integers(1, 3) | st.sampled_from([1 << 8, 1 << 16, 1 << 24, 257])
weights = st.integers(1, 2**16 - 1)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(0, 255), weights, max_size=256))
def test_postings_come_back_in_the_order_of_their_records(postings: dict[int, int]) -> None:
    packed = pack_postings(postings)

    assert list(zip(*unpack_postings(packed), strict=True)) == sorted(postings.items())
    assert len(packed) == 3 * len(postings)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(numbers)))
def test_words_come_back_passage_by_passage(passages: list[list[int]]) -> None:
    packed = pack_words(passages)

    assert unpack_words(packed) == passages
    assert distinct_words(packed) == {word for passage in passages for word in passage}


@settings(deadline=None)
@given(st.lists(st.lists(few_numbers, max_size=6), max_size=6), st.lists(few_numbers, min_size=1, max_size=3))
def test_a_phrase_is_found_where_it_stands_and_nowhere_else(passages: list[list[int]], phrase: list[int]) -> None:
    expected = [
        number
        for number, passage in enumerate(passages)
        for start in range(len(passage))
        if passage[start : start + len(phrase)] == phrase
    ]

    packed, wanted = pack_words(passages), pack_phrase(phrase)

    assert list(passages_with(packed, wanted)) == expected
    assert has_phrase(packed, wanted) is bool(expected)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(numbers, weights, min_size=1, max_size=20).flatmap(
        lambda found: st.tuples(
            st.just(found), st.lists(st.dictionaries(st.sampled_from(sorted(found)), st.integers(1, 300)), max_size=5)
        )
    ),
    st.data(),
)
def test_terms_come_back_with_weights_and_places(
    record: tuple[dict[int, int], list[dict[int, int]]], data: st.DataObject
) -> None:
    found, passages = record
    wanted = data.draw(st.sets(st.sampled_from(sorted(found)) | numbers))

    packed = PackedTerms(RecordTerms(found, passages).packed())

    assert packed.weights == found
    assert set(packed.terms) == set(found)
    assert {term: packed.stands(term)[0] for term in wanted} == {term: found.get(term, 0) for term in wanted}
    assert sorted(packed.places(wanted)) == sorted(
        (number, term, min(count, 255))
        for number, passage in enumerate(passages)
        for term, count in passage.items()
        if term in wanted
    )


def test_more_terms_than_two_bytes_tell_apart_come_back_too() -> None:
    found = dict.fromkeys(range(1, 70_001), 7)

    packed = PackedTerms(RecordTerms(found, [{1: 1}, {70_000: 2}]).packed())

    assert list(packed.places([1, 70_000])) == [(0, 1, 1), (1, 70_000, 2)]
    assert packed.weights == found
