"""Names of uploaded files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.extraction.names import NAME_LENGTH, clean_name, extension_of, name_from


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Доклад за 2020 г..pdf", "Доклад за 2020 г..pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Мария\\доклад.docx", "доклад.docx"),
        ("доклад\u202efdp.exe", "докладfdp.exe"),
        ("до\x00кл\u200bад\x07.pdf", "доклад.pdf"),
        ("и\u0306.txt", "й.txt"),
        ("два\nреда\t.pdf", "два реда .pdf"),
        (' "въпрос?": <a>|b*.csv ', "въпрос a b .csv"),
        ("...", ""),
        ("/", ""),
    ],
)
def test_a_name_keeps_only_what_is_plainly_a_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("я" * 300 + ".pdf")

    assert len(name) == NAME_LENGTH
    assert name.endswith("я.pdf")


def test_an_endless_extension_is_cut() -> None:
    assert clean_name("a." + "b" * 300) == "a." + "b" * (NAME_LENGTH - 2)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Доклад за 2023/2024 г.", "Доклад за 2023-2024 г"),
        ("Правила и/или процедури", "Правила и-или процедури"),
        ("../../etc/passwd", "etc-passwd"),
        ("\\", ""),
    ],
)
def test_a_slash_in_a_title_costs_none_of_its_words(title: str, name: str) -> None:
    assert name_from(title) == name


@given(st.text())
def test_no_name_is_dangerous(name: str) -> None:
    cleaned = clean_name(name)

    assert len(cleaned) <= NAME_LENGTH
    assert not set(cleaned) & set('/\\<>:"|?*\n')
    assert not any(unicodedata.category(sign).startswith("C") for sign in cleaned)
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", "pdf"), ("a.pdf.exe", "exe"), (".pdf", ""), ("a.", ""), ("pdf", ""), ("a.docх", "docх")],
)
def test_the_extension_is_what_stands_after_the_last_dot(name: str, extension: str) -> None:
    assert extension_of(name) == extension
