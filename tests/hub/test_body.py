"""The running text: its headings, and the passages that readers land on."""

import pytest
from wagtail.blocks import StreamBlockValidationError, StreamValue

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of


def body(*blocks: tuple[str, str]) -> StreamValue:
    """Return a text of these blocks."""
    return BodyBlock().to_python([{"type": kind, "value": value} for kind, value in blocks])


def test_each_heading_opens_a_passage_with_an_address_of_its_own() -> None:
    text = body(("paragraph", "<p>Начало</p>"), ("heading", "Как започна"), ("paragraph", "<p>Със среща.</p>"))

    passages = list(passages_of(text))

    assert [(passage.anchor, passage.text) for passage in passages] == [
        ("", "Начало."),
        ("s-kak-zapochna", "Как започна.\nСъс среща."),
    ]


def test_two_headings_of_the_same_words_are_refused() -> None:
    text = body(("heading", "Резултати"), ("heading", "Цена"), ("heading", "Резултати"))

    with pytest.raises(StreamBlockValidationError) as refused:
        BodyBlock().clean(text)

    assert list(refused.value.block_errors) == [2]


def test_a_heading_keeps_clear_of_the_places_that_templates_name() -> None:
    (passage,) = passages_of(body(("heading", "Results")))

    assert passage.anchor != "results"
