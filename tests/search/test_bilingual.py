"""The general dictionary: how it is compiled from its source, and what it says."""

import gzip
from pathlib import Path

import pytest

from search.bilingual import compile_dictionary, dictionary, kindred_senses, senses
from search.bilingual.dictionary import BilingualDictionary, BilingualFormatError

SOURCE = """petition //pəˈtɪʃ.ən// <n>
1. пети́ция
compilation of signatures
2. заявление, молба (писмена)
formal, written request
human rights /hˈjuːmən ɹˈaɪts/ <n>
[[право|права́]] на човека
basic rights
budget //ˈbʌd͡ʒ.ɪt// <n>
бюдже́т, бюджет 2.
itemized summary
budget //ˈbʌd͡ʒ.ɪt// <v>
предвиждам в бюджета
to plan
ship /ʃˈɪp/ <suffix>
ство
"""
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _number(value: int) -> str:
    return (_number(value // 64) if value >= 64 else "") + _SIGNS[value % 64]


@pytest.fixture
def source(tmp_path: Path) -> tuple[Path, Path]:
    """A file of a dict server with its index."""
    openings = [line for line in SOURCE.splitlines() if "<" in line]
    starts = [SOURCE.encode().index(line.encode()) for line in openings]
    stops = [*starts[1:], len(SOURCE.encode())]
    rows = [
        f"{line.split(' /')[0]}\t{_number(start)}\t{_number(stop - start)}"
        for line, start, stop in zip(openings, starts, stops, strict=True)
    ]
    (tmp_path / "source.index").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "source.dict.dz").write_bytes(gzip.compress(SOURCE.encode()))
    return tmp_path / "source.dict.dz", tmp_path / "source.index"


def test_entries_are_read_without_accents_links_and_remarks(source: tuple[Path, Path]) -> None:
    entries = compile_dictionary.merged(compile_dictionary.read_entries(*source))

    assert entries == {
        "petition": [["петиция"], ["заявление", "молба"]],
        "human rights": [["права на човека"]],
        "budget": [["бюджет", "предвиждам в бюджета"]],
    }


def test_the_other_direction_is_the_first_turned_round(source: tuple[Path, Path]) -> None:
    inverse = compile_dictionary.inverted(compile_dictionary.merged(compile_dictionary.read_entries(*source)))

    assert inverse["молба"] == [["petition"]]
    assert inverse["права на човека"] == [["human rights"]]


def test_the_same_source_gives_the_same_bytes(source: tuple[Path, Path], tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        compile_dictionary.main([*map(str, source), str(tmp_path / name)])
        files.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])

    assert files[0] == files[1]
    assert len(files[0]) == 2


def test_a_compiled_dictionary_is_looked_up_by_terms(source: tuple[Path, Path], tmp_path: Path) -> None:
    compile_dictionary.main([*map(str, source), str(tmp_path)])
    english = BilingualDictionary.load(tmp_path / dictionary.FILES["en"])

    assert [(one.text, one.sense) for one in english.senses("petit")] == [
        ("петиция", 0), ("заявление", 1), ("молба", 1),
    ]  # fmt: skip
    assert [one.text for one in english.senses("human right")] == ["права на човека"]
    assert english.senses("zzz") == english.senses("") == ()


def test_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wrong.gz").write_bytes(gzip.compress(b"something else\n"))

    with pytest.raises(BilingualFormatError):
        BilingualDictionary.load(tmp_path / "wrong.gz")


@pytest.mark.parametrize(
    ("key", "language", "expected"),
    [("община", "bg", "municipality"), ("particip", "en", "участие"), ("право човек", "bg", "human rights")],
)
def test_the_dictionary_of_the_site_translates_both_ways(key: str, language: str, expected: str) -> None:
    assert expected in {one.text for one in senses([key], language)}


def test_kindred_words_begin_alike_and_are_others() -> None:
    kin = kindred_senses(["правителствен"], "bg")

    assert "government" in {one.text for one in kin}
    assert "правителствен" not in {one.headword for one in kin}
