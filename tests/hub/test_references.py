"""Numbers in brackets that lead to sources."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from hub.references import in_rich_text, in_text, link_to


def test_a_number_in_brackets_leads_to_its_source() -> None:
    html = in_text("Гласували 5859 души.[2]", 3)

    assert html == 'Гласували 5859 души.<a class="reference" href="#source-2">[2]</a>'


def test_a_reference_is_never_parted_from_the_word_before_it() -> None:
    html = in_text("души [2] и [3].", 3)

    assert html == f"души\u00a0{link_to(2)} и\u00a0{link_to(3)}."


@pytest.mark.parametrize("text", ["[4]", "[0]", "[03]", "[1,2]", "[a]", "[12345]", "1]"])
def test_what_names_no_source_of_the_page_stays_as_it_is(text: str) -> None:
    assert in_text(text, 3) == text


def test_a_plain_text_is_escaped() -> None:
    html = in_text('<script>alert("1")</script> [1]', 1)

    assert html == f"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;\u00a0{link_to(1)}"


def test_a_rich_text_keeps_its_marks_and_gets_its_links() -> None:
    rich = in_rich_text("<p>Едно <b>две</b> [1][2] &amp; три</p><ul><li>четири [2]</li></ul>", 2)

    assert isinstance(rich, RichText)
    assert rich.source == (
        f"<p>Едно <b>две</b>\u00a0{link_to(1)}{link_to(2)} &amp; три</p><ul><li>четири\u00a0{link_to(2)}</li></ul>"
    )


def test_a_reference_within_a_link_stays_a_text() -> None:
    source = '<p><a href="https://example.org/?a=[1]">виж [1]</a></p>'

    assert in_rich_text(source, 1).source == source


def test_what_was_escaped_in_a_rich_text_stays_escaped() -> None:
    rich = in_rich_text("<p>&lt;script&gt; &#91;1&#93; [1]</p>", 1)

    assert rich.source == f"<p>&lt;script&gt; &#91;1&#93;\u00a0{link_to(1)}</p>"


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br/>", "&amp;", "дума ", "[1]", "&#1081;", "<hr>"])))
def test_a_rich_text_without_sources_is_not_changed(parts: list[str]) -> None:
    source = "".join(parts)

    assert in_rich_text(source, 0).source == source


def test_the_filters_print_links_without_being_told_that_they_are_safe() -> None:
    template = Template("{% load hub_tags %}{{ text|references:sources }}{{ rich|rich_references:sources }}")

    html = template.render(Context({"text": "a < b [1]", "rich": "<p>c [1]</p>", "sources": ["one"]}))

    assert html == f"a &lt; b\u00a0{link_to(1)}<p>c\u00a0{link_to(1)}</p>"


@pytest.mark.parametrize("number", [None, 0, 2])
def test_a_figure_without_a_source_of_the_page_has_no_link(number: int | None) -> None:
    template = Template("{% load hub_tags %}{{ number|reference:sources }}")

    assert template.render(Context({"number": number, "sources": ["one"]})) == ""
