"""Plain text and CSV, in any encoding of Bulgarian."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.extraction import extract
from files.extraction.charset import decode, detect
from files.extraction.media_types import CSV, TXT

SENTENCE = "Младите хора участват в обсъждането на бюджета на общината – „Решаваме заедно“."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"])
def test_a_sentence_is_read_in_every_encoding(encoding: str) -> None:
    extraction = extract(io.BytesIO(SENTENCE.encode(encoding)), TXT)

    assert extraction.pages[0].text == SENTENCE


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "iso8859-5"])
def test_old_code_pages_are_told_apart(encoding: str) -> None:
    letters = re.sub("[–„“]", "", SENTENCE)

    assert decode(letters.encode(encoding)) == (letters, encoding)


@pytest.mark.parametrize("words", ["ОБЩИНА БУРГАС", "НПО", "Ямбол", "чл. 5, ал. 2"])
def test_a_few_words_are_enough_for_windows_1251(words: str) -> None:
    assert decode(words.encode("cp1251")) == (words, "cp1251")


def test_western_letters_among_latin_ones_are_western() -> None:
    assert decode("Città di Bologna, où, señor".encode("cp1252")) == ("Città di Bologna, où, señor", "cp1252")


def test_one_damaged_byte_does_not_make_a_text_windows_1251() -> None:
    data = SENTENCE.encode()

    text, encoding = decode(data[:-4] + b"\xff" + data[-4:])

    assert encoding == "utf-8"
    assert text.startswith("Младите хора участват")


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюя ,.-\n", min_size=1))
def test_utf_8_is_never_taken_for_a_code_page(text: str) -> None:
    assert detect(text.encode()) == "utf-8"


@given(st.binary())
def test_any_bytes_decode_to_something(data: bytes) -> None:
    text, encoding = decode(data)

    assert isinstance(text, str)
    assert encoding


def test_a_text_is_cut_at_empty_lines_and_addressed_by_its_lines() -> None:
    stanza = f"{SENTENCE}\n" * 15

    extraction = extract(io.BytesIO(f"{stanza}\n{stanza}\n{stanza}".encode()), TXT)

    assert [(page.label, page.anchor) for page in extraction.pages] == [("1–31", "line=1"), ("32–48", "line=32")]


def test_the_last_sentence_of_two_million_characters_is_found() -> None:
    filler = "Дълъг текст без нито един нов ред. " * 60_000

    extraction = extract(io.BytesIO(f"{filler}Последното изречение е тук.".encode("cp1251")), TXT)

    assert extraction.characters > 2_000_000
    assert extraction.pages[-1].text.endswith("Последното изречение е тук.")
    assert max(len(page.text) for page in extraction.pages) <= 4_100
    assert len({page.anchor for page in extraction.pages}) == len(extraction.pages)


def test_nothing_but_white_space_has_no_text() -> None:
    extraction = extract(io.BytesIO(b" \r\n\t\r\n"), TXT)

    assert extraction.pages == ()
    assert not extraction.has_text_layer


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_row_by_row_whatever_divides_it(delimiter: str) -> None:
    rows = [["Име", "Община"], ["", ""], ["„Надежда“, сдружение", "Сливен"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    extraction = extract(io.BytesIO(text.encode("cp1251")), CSV)

    assert [(page.number, page.label, page.anchor, page.text) for page in extraction.pages] == [
        (1, "1", "row=1", "Име | Община"),
        (2, "3", "row=3", "„Надежда“, сдружение | Сливен"),
    ]


def test_a_cell_of_several_lines_is_one_row() -> None:
    extraction = extract(io.BytesIO('а;"ред\nвтори ред"\nб;в\n'.encode()), CSV)

    assert [(page.anchor, page.text) for page in extraction.pages] == [
        ("row=1", "а | ред втори ред"),
        ("row=2", "б | в"),
    ]


def test_a_quote_that_is_never_closed_loses_nothing() -> None:
    extraction = extract(io.BytesIO(('а;"' + "дума " * 60_000 + "край").encode()), CSV)

    assert extraction.pages[-1].text.endswith("край")
