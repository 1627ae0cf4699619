"""How forms of Bulgarian words meet, and how other words stay apart."""

from itertools import combinations

import pytest

from search.analysis import STOP_WORDS, analyse, is_known


def terms_of(word: str) -> set[str]:
    return {term for token in analyse(word, "bg") for term in token.terms}


@pytest.mark.parametrize(
    "forms",
    [
        "община общината общини общините",
        "град града градът градове градовете градовете",
        "човек човека човекът",
        "ръка ръката ръце ръцете",
        "дете детето деца децата",
        "гражданин гражданина гражданинът граждани гражданите",
        "участие участието участия участията",
        "млад млада младо млади младия младият младата младите",
        "обществен обществена обществено обществени обществения общественият обществените",
        "чета четеш чете четем четат четох четоха четял чела четен",
        "изляза излезе излязох излязоха",
        "кажа каже каза казал казала казаха",
        "съм е са бях беше бяха",
        "навляза навлезе навлезеше навлязоха",
        "заговорник заговорника заговорникът заговорници",
        "голям по-голям най-големите големият",
        "видя видим видяхме видели",
        "държа държи държат държали",
        "отбележа отбеляза отбелязаха отбелязано",
        "пръв първа първото първите",
        "изпея изпя изпях изпял изпели изпята изпетите",
        "видя видях видяхте",
        "година години г гг",
        "член члена членове чл",
        "милион милиона милиони млн",
        "господин господа г-н г-на",
        "госпожа госпожата г-жа г-жата",
    ],
)
def test_all_forms_of_a_word_share_a_term(forms: str) -> None:
    words = forms.split()

    apart = [(first, second) for first, second in combinations(words, 2) if not terms_of(first) & terms_of(second)]

    assert apart == []


@pytest.mark.parametrize(
    "forms",
    [
        "блокчейн блокчейна блокчейнът блокчейни блокчейните",
        "видеоконференция видеоконференцията видеоконференции видеоконференциите",
        "неместен неместна неместната неместни неместните",
        "хакатон хакатона хакатонът хакатони хакатоните",
        "дигитализирам дигитализира дигитализирахме дигитализирали дигитализират",
        "Кингсуей Кингсуея",
    ],
)
def test_all_forms_of_a_word_that_no_dictionary_knows_share_a_term(forms: str) -> None:
    words = forms.split()

    shared = set.intersection(*map(terms_of, words))

    assert shared


@pytest.mark.parametrize(
    ("first", "second"),
    [("бюджет", "бюро"), ("община", "общност"), ("граждани", "градове"), ("млади", "мляко"), ("съвет", "свят")],
)
def test_different_words_share_no_term(first: str, second: str) -> None:
    assert not terms_of(first) & terms_of(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("и", "тя"),
        ("ѝ", "нея"),
        ("пот", "път"),
        ("пет", "пеят"),
        ("двама", "две"),
        ("тримата", "три"),
        ("никога", "никого"),
        ("коляното", "коли"),
        ("душите", "хора"),
    ],
)
def test_a_word_that_only_looks_like_a_form_of_another_shares_no_term_with_it(first: str, second: str) -> None:
    assert not terms_of(first) & terms_of(second)


@pytest.mark.parametrize(
    ("content", "function"),
    [("дело", "да"), ("дата", "да"), ("тяло", "тя"), ("състезават", "се"), ("могила", "може"), ("бял", "ба")],
)
def test_a_word_is_no_form_of_a_function_word_that_it_begins_like(content: str, function: str) -> None:
    assert not terms_of(content) & terms_of(function)


@pytest.mark.parametrize(
    ("unknown", "known"), [("майкъл", "майка"), ("лара", "ла"), ("наха", "на"), ("сато", "са"), ("тойта", "той")]
)
def test_an_unknown_word_is_no_form_of_one_whose_forms_are_known(unknown: str, known: str) -> None:
    assert not is_known(unknown, "bg")
    assert not terms_of(unknown) & terms_of(known)


def test_a_word_of_two_readings_has_the_lemmas_of_both() -> None:
    (token,) = analyse("вълна", "bg")

    assert terms_of("вълни") & set(token.terms)
    assert {"мен", "аз"} & terms_of("мен")


@pytest.mark.parametrize(("word", "known"), [("общините", True), ("излязоха", True), ("бшлнг", False), ("", False)])
def test_the_dictionary_says_which_words_it_knows(word: str, known: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_known(word, "bg") is known


def test_a_degree_belongs_to_its_adjective() -> None:
    (token,) = analyse("най-добрите", "bg")

    assert token.word == "най-добрите"
    assert "добър" in token.terms
    assert "най" not in token.terms


@pytest.mark.parametrize(("text", "term"), [("НПО-то", "нпо"), ("20-те", "20"), ("ЕС-ът", "ес"), ("PR-ът", "pr")])
def test_an_article_after_a_hyphen_is_no_word_of_its_own(text: str, term: str) -> None:
    (token,) = analyse(text, "bg")

    assert token.terms == (term,)


@pytest.mark.parametrize(("text", "other"), [("г-н", "г."), ("д-р", "р"), ("м-во", "в")])
def test_a_word_shortened_by_a_hyphen_is_one_word_and_none_of_its_letters(text: str, other: str) -> None:
    (token,) = analyse(text, "bg")

    assert token.word == text
    assert not set(token.terms) & terms_of(other)


def test_a_letter_before_a_hyphen_is_no_shortened_word_where_another_word_or_an_ending_follows() -> None:
    assert [token.word for token in analyse("х-лъч и Б-то", "bg")] == ["х", "лъч", "и", "б-то"]


def test_a_compound_is_found_by_its_parts_and_written_as_one() -> None:
    tokens = analyse("бизнес-план", "bg")

    assert [token.word for token in tokens] == ["бизнес", "план"]
    assert set(tokens[1].terms) & terms_of("бизнесплан")


def test_an_english_name_in_bulgarian_text_is_analysed_as_english() -> None:
    tokens = analyse("семинар Participatory Practices", "bg")

    assert tokens[2].terms == analyse("practice", "en")[0].terms


def test_stop_words_are_written_as_words_are_compared() -> None:
    folded = {token.word for word in STOP_WORDS["bg"] for token in analyse(word, "bg")}

    assert folded == STOP_WORDS["bg"]
