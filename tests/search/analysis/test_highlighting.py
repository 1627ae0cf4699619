"""What of a found passage is shown, and which of its words are marked."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse, highlight

PASSAGE = (
    "Първото изречение говори за друго. Второто също не помага и е доста дълго. "
    "Гражданите участват в обсъждането на бюджета. После идва още едно изречение, което не е важно. "
    "Накрая пак се споменава бюджетът, но само той."
)


def terms_of(query: str) -> set[str]:
    return {term for token in analyse(query, "bg") for term in token.terms}


def test_words_are_marked_in_whatever_form_they_stand() -> None:
    pieces = highlight(PASSAGE, "bg", terms_of("гражданин бюджет"), set(), length=1000)

    assert [piece.text for piece in pieces if piece.is_match] == ["Гражданите", "бюджета", "бюджетът"]
    assert "".join(piece.text for piece in pieces) == PASSAGE


def test_the_stretch_with_the_most_different_matches_is_shown_from_its_sentence_on() -> None:
    pieces = highlight(PASSAGE, "bg", terms_of("гражданин бюджет"), set(), length=80)

    assert [piece.text for piece in pieces if piece.is_match] == ["Гражданите", "бюджета"]
    assert pieces[0] == ("…", False)
    assert pieces[-1].text.endswith("…")


def test_a_word_is_marked_by_its_form_alone_where_only_the_form_was_asked() -> None:
    pieces = highlight(PASSAGE, "bg", set(), {"бюджетът"})

    assert [piece.text for piece in pieces if piece.is_match] == ["бюджетът"]


def test_a_passage_without_a_match_is_shown_from_its_start() -> None:
    (piece,) = highlight(PASSAGE, "bg", {"нищо"}, set(), length=40)

    assert not piece.is_match
    assert piece.text == "Първото изречение говори за друго…"


def test_what_is_marked_is_what_the_reader_sees() -> None:
    pieces = highlight("за бю\u00adдже́-\nта тук", "bg", terms_of("бюджет"), set())

    assert [piece.text for piece in pieces if piece.is_match] == ["бю\u00adдже́-\nта"]


def test_an_empty_text_has_no_pieces() -> None:
    assert highlight("", "bg", {"дума"}, {"дума"}) == ()


@given(
    st.text(alphabet="абв .\n\u00ad-a1", max_size=200) | st.text(max_size=60),
    st.sets(st.sampled_from(["а", "аб", "в", "1", "a"])),
    st.integers(min_value=1, max_value=80),
)
def test_the_pieces_are_a_part_of_the_text_cut_between_words(text: str, wanted: set[str], length: int) -> None:
    pieces = highlight(text, "bg", wanted, wanted, length=length)

    shown = "".join(piece.text for piece in pieces)
    part = shown if shown in text else shown.removeprefix("…").removesuffix("…")
    assert part in text
    assert len(part) <= length + max((token.end - token.start for token in analyse(text, "bg")), default=0)
    matching = {
        text[token.start : token.end]
        for token in analyse(text, "bg")
        if token.word in wanted or wanted & set(token.terms)
    }
    assert all(piece.text for piece in pieces)
    assert {piece.text for piece in pieces if piece.is_match} <= matching
