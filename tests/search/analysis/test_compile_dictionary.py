"""How the dictionary's sources become the one file that is read."""

import gzip
from pathlib import Path

import pytest

from search.analysis.compile_dictionary import adopt_bare_forms, adopt_by_ending, compile_dictionary, learn_guesses
from search.analysis.dictionary import BULGARIAN_DATA, Dictionary, DictionaryFormatError

AFFIXES = """SET UTF-8
SFX A Y 3
SFX A   0         а         .
SFX A   0         ът        .
SFX A   0         ове       .
"""

PAIRS = """по-добрия\tдобър
смея\tсмея-се
GSM\tgsm
влюби\tсе
по\u0302т\tпът
пот\tпот
фри\u0300зьор\tфризьор
"""


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    (tmp_path / "affixes").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "words").write_text("3\nград/A\nмост/A\nСофия\n", encoding="utf-8")
    (tmp_path / "pairs").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "irregular").write_text("# a word\n- | съм е са\nпром см | яна ени\n", encoding="utf-8")
    target = tmp_path / "compiled.gz"
    affixes, words, pairs, irregular = (tmp_path / name for name in ("affixes", "words", "pairs", "irregular"))
    compile_dictionary(affixes, words, pairs, irregular, target)
    return target


@pytest.mark.parametrize(
    ("form", "lemmas"),
    [
        ("градове", ("град",)),
        ("мостът", ("мост",)),
        ("софия", ("софия",)),
        ("добрия", ("добър",)),
        ("смея", ("смея",)),
        ("е", ("съм",)),
        ("смени", ("смяна",)),
        ("градени", ()),
        ("влюби", ()),
        ("пот", ("пот",)),
        ("фризьор", ("фризьор",)),
        ("gsm", ()),
    ],
)
def test_a_form_of_any_source_has_its_lemmas(compiled: Path, form: str, lemmas: tuple[str, ...]) -> None:
    assert Dictionary.load(compiled).lemmas(form) == lemmas


def test_the_same_sources_give_the_same_bytes(compiled: Path) -> None:
    first = compiled.read_bytes()
    affixes, words, pairs, irregular = (compiled.parent / name for name in ("affixes", "words", "pairs", "irregular"))

    compile_dictionary(affixes, words, pairs, irregular, compiled)

    assert compiled.read_bytes() == first


def test_irregular_verbs_listed_form_by_form_go_to_their_prefixed_verb() -> None:
    lexicon = {"вляза": {"вляза", "влезе"}, "навляза": {"навляза"}, "навлезе": {"навлезе"}}

    adopted = adopt_bare_forms(lexicon, {"навляза", "навлезе"})

    assert adopted == 1
    assert lexicon["навляза"] == {"навляза", "навлезе"}


def test_forms_listed_beside_their_word_go_to_it_by_their_ending() -> None:
    lexicon = {
        lemma: {lemma, f"{lemma}а", f"{lemma}ът"} for lemma in ("учебник", "чиновник", "празник", "дневник", "войник")
    }
    bare = {"вестник", "вестника", "вестникът"}
    lexicon |= {form: {form} for form in bare}

    adopt_by_ending(lexicon, bare)

    assert lexicon["вестник"] == bare


def test_a_function_word_and_what_is_hardly_a_stem_are_given_no_forms() -> None:
    lexicon = {lemma: {lemma, f"{lemma}то", f"{lemma}та"} for lemma in ("сел", "вин", "пер", "руб", "вед")}
    bare = {"да", "дато", "дата", "също", "същото"}
    lexicon |= {form: {form} for form in bare}

    adopt_by_ending(lexicon, bare)

    assert (lexicon["да"], lexicon["също"]) == ({"да"}, {"също"})


def test_a_form_whose_words_are_settled_is_given_to_no_other_by_its_ending() -> None:
    lexicon = {lemma: {lemma, f"{lemma}а", f"{lemma}ът"} for lemma in ("мост", "лист", "пост", "хвост", "ръст")}
    bare = {"вестник", "вестника", "вестникът"}
    lexicon |= {form: {form} for form in bare}

    adopt_by_ending(lexicon, bare, settled={"вестника"})

    assert lexicon["вестник"] == {"вестник", "вестникът"}


def test_a_word_written_short_is_no_pattern_for_other_words() -> None:
    words = [f"{letter}илион" for letter in "бвгдм"]
    lexicon = {word: {word, f"{word}и", f"{word[0]}лн"} for word in words}

    guesses = learn_guesses(lexicon)

    assert {rule for rules in guesses.values() for rule in rules} == {(0, ""), (1, "")}


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.gz"
    path.write_bytes(gzip.compress(b"hub dictionary 0\n"))

    with pytest.raises(DictionaryFormatError, match=r"old\.gz"):
        Dictionary.load(path)


def test_the_dictionary_is_small_enough_to_be_committed() -> None:
    assert BULGARIAN_DATA.stat().st_size < 1_000_000
