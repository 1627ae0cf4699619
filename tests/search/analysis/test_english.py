"""How English words get their terms."""

import threading

import pytest

from search.analysis import STOP_WORDS, analyse, is_known


def terms_of(word: str) -> set[str]:
    return {term for token in analyse(word, "en") for term in token.terms}


@pytest.mark.parametrize(
    "forms", ["citizen citizens citizen's citizens’", "participate participated participating", "policy policies"]
)
def test_all_forms_of_a_word_share_a_term(forms: str) -> None:
    shared = set.intersection(*map(terms_of, forms.split()))

    assert shared


def test_a_name_is_found_without_its_accents() -> None:
    assert terms_of("Münchner Café") == terms_of("Munchner Cafe")


def test_a_hyphenated_word_is_found_written_as_one() -> None:
    assert terms_of("cooperation") <= terms_of("co-operation")


def test_a_bulgarian_name_in_english_text_is_analysed_as_bulgarian() -> None:
    tokens = analyse("the municipality (общините)", "en")

    assert tokens[2].terms == analyse("община", "bg")[0].terms


def test_function_words_are_known() -> None:
    assert "the" in STOP_WORDS["en"]
    assert is_known("The", "en")


def test_threads_do_not_disturb_each_other() -> None:
    expected = {word: analyse(word, "en")[0].terms for word in ("running", "policies", "citizens")}
    seen: list[bool] = []

    def work(word: str) -> None:
        long_text = " ".join([word + "x" * n for n in range(60)] + [word])
        seen.append(analyse(long_text, "en")[-1].terms == expected[word])

    threads = [threading.Thread(target=work, args=(word,)) for word in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [True] * 3
