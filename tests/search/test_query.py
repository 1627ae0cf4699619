"""How a query is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_LENGTH, MAX_WORDS, Remark, clean, parse, read


def _texts(query: str) -> list[str]:
    return [clause.text for clause in read(parse(query), "bg").clauses]


def _excluded(query: str) -> list[str]:
    return [clause.text for clause in read(parse(query), "bg").excluded]


def test_words_are_told_apart_and_function_words_left_out() -> None:
    assert _texts("участието на младите в бюджета") == ["участието", "младите", "бюджета"]


def test_function_words_alone_are_searched_as_they_are() -> None:
    reading = read(parse("и на в"), "bg")

    assert [clause.text for clause in reading.clauses] == ["и", "на", "в"]
    assert reading.remarks == (Remark.ONLY_COMMON,)


@pytest.mark.parametrize("marks", ["„“", "“”", "«»", '""', "„”"])
def test_a_quotation_stands_in_any_marks(marks: str) -> None:
    reading = read(parse(f"{marks[0]}съвет на града{marks[1]}"), "bg")

    assert [clause.phrase for clause in reading.clauses if clause.phrase] == [("съвет", "на", "града")]


def test_the_words_of_a_quotation_are_asked_for_too() -> None:
    assert _texts("„общински съвет“") == ["„общински съвет“", "общински", "съвет"]


@pytest.mark.parametrize("query", ['"общински съвет', 'общински" съвет', "„общински съвет", "общински съвет“", '"""'])
def test_an_unbalanced_quotation_mark_is_no_quotation(query: str) -> None:
    reading = read(parse(query), "bg")

    assert not any(clause.phrase for clause in reading.clauses)


def test_a_leading_minus_excludes_and_one_inside_a_word_does_not() -> None:
    assert (_texts("бюджет -спорт"), _excluded("бюджет -спорт")) == (["бюджет"], ["спорт"])
    assert _excluded("2014-2020 по-добър") == []
    assert _excluded("бюджет - спорт") == []


def test_a_quotation_can_be_excluded() -> None:
    (clause,) = read(parse("бюджет -„общински съвет“"), "bg").excluded

    assert clause.phrase == ("общински", "съвет")


@pytest.mark.parametrize("query", ["-", "--", "!?", "…", "\x00", "\x01\x02", "- -"])
def test_a_query_without_letters_or_digits_is_explained(query: str) -> None:
    reading = read(parse(f"{query} ,"), "bg")

    assert not reading.can_be_asked
    assert reading.remarks == (Remark.NO_WORDS,)


def test_only_excluded_words_are_explained() -> None:
    assert read(parse("-спорт"), "bg").remarks == (Remark.ONLY_EXCLUDED,)


def test_an_empty_query_has_no_remarks() -> None:
    assert read(parse("  \t "), "bg").remarks == ()


def test_control_characters_separate_words_and_letters_are_composed() -> None:
    assert parse("бюджет\x00и\x1fкрай\u0438\u0306").text == "бюджет и край\u0439"


def test_a_long_query_is_cut_to_its_first_words_and_says_so() -> None:
    query = parse(" ".join(f"дума{number}" for number in range(3_000)))

    assert query.text.split() == [f"дума{number}" for number in range(MAX_WORDS)]
    assert Remark.SHORTENED in read(query, "bg").remarks


def test_an_endless_word_is_cut() -> None:
    query = parse("я" * 10_000)

    assert len(query.text) == MAX_LENGTH
    assert query.is_shortened


def test_a_word_given_twice_is_asked_for_once() -> None:
    assert _texts("бюджет бюджета бюджет") == ["бюджет"]


def test_bulgarian_and_english_stand_side_by_side() -> None:
    assert _texts("платформата Decidim in Barcelona") == ["платформата", "Decidim", "Barcelona"]


@given(st.text(max_size=300), st.sampled_from(["bg", "en"]))
def test_no_text_whatever_is_an_error(text: str, language: str) -> None:
    reading = read(parse(text), language)

    for clause in (*reading.clauses, *reading.excluded):
        assert clause.terms
        assert clause.text


@given(st.text(alphabet='"„“”«»-–− абв1\x00\n', max_size=60))
def test_no_arrangement_of_marks_is_an_error(text: str) -> None:
    query = parse(text)

    assert len(query.text) <= MAX_LENGTH
    assert read(query, "bg").can_be_asked or not any(
        c.isalnum() for p in query.pieces if not p.is_excluded for c in p.text
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("87 657,14 лв.", ["87 657,14", "лв"]),
        ("проект за 1 200 000 евро", ["проект", "1 200 000", "евро"]),
        ("между 100 000 и 250 000", ["100 000", "250 000"]),
        ("чл. 5 200", ["чл", "5 200"]),
        ("2024 100", ["2024", "100"]),
        ("100 0005", ["100", "0005"]),
    ],
)
def test_a_number_with_spaces_between_its_thousands_is_one_word(typed: str, words: list[str]) -> None:
    assert [clause.text for clause in read(parse(typed), "bg").clauses] == words


def test_a_sum_is_found_however_it_is_written() -> None:
    terms = [
        read(parse(typed), "bg").clauses[0].terms[0] for typed in ("87 657,14", "87657,14", "87657.14", "87,657.14")
    ]

    assert set(terms) == {"87657.14"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("бюджет на общи-\nната", "бюджет на общината"),
        ("общи-\r\n  ната", "общината"), ("общи\u00ad\nната", "общината"),
        ("общи-ната", "общината"), ("общи- ната", "общината"), ("граждан-ско участие", "гражданско участие"),
        ("partici-\npation", "participation"),
    ],
)  # fmt: skip
def test_a_word_that_a_lines_end_divided_is_whole_again(typed: str, text: str) -> None:
    assert clean(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("заместник-кмет", "заместник-кмет"), ("заместник-\nкмет", "заместник-кмет"), ("бизнес-план", "бизнес-план"),
        ("по-добре", "по-добре"), ("НПО-то", "НПО-то"), ("Ловеч-\nТроян", "Ловеч-Троян"),
        ("иван-вазово", "иван-вазово"),
        ("бюджет -спорт", "бюджет -спорт"), ("2021-\n2027", "2021- 2027"), ("е-услуги", "е-услуги"),
        ("co-creation", "co-creation"),
    ],
)  # fmt: skip
def test_a_hyphen_that_joins_words_stays(typed: str, text: str) -> None:
    assert clean(typed) == text
