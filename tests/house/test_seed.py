"""The first content: its files, and what planting does."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from hub.models import Organisation, SeedMark, Theme
from hub.seeding import find_page, plant_everything
from practices.models import PracticePage
from practices.origins import Origin

PROJECT_DIR = Path(__file__).resolve().parents[2]
ROOMS = ("hub", "search", "practices", "strategies", "files")
FILES = sorted(path for room in ROOMS for path in (PROJECT_DIR / room / "seed").rglob("*.toml"))
DISTRICTS = {"Бургас", "Сливен", "Стара Загора", "Ямбол"}

# Names of things that are written in Latin letters with a Cyrillic ending have a hyphen: „PDF-ът“.
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
STRAIGHT = re.compile(r"[\"]")


def name_of(path: Path) -> str:
    """Return a file's path as a test's id."""
    return path.relative_to(PROJECT_DIR).as_posix()


def texts_of(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a file with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts_of(value, f"{path}.{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts_of(value, f"{path}[{number}]")
    elif isinstance(data, str):
        yield path, data


def shape_of(value: Any) -> Any:
    """Return how a translated text is built: its keys, its paragraphs and lists, and nothing of its words."""
    if isinstance(value, dict):
        return {key: shape_of(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shape_of(part) for part in value]
    if isinstance(value, str):
        lines = value.strip().splitlines()
        return [len(re.match(r"(#*|-?)", line).group()) for line in lines if line.strip()]  # type: ignore[union-attr]
    return type(value).__name__


@pytest.fixture(scope="module", params=FILES, ids=name_of)
def path(request: pytest.FixtureRequest) -> Path:
    """Each file of the first content."""
    chosen: Path = request.param
    return chosen


def test_text_is_in_unicodes_composed_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert "\u00ad" not in text


def test_both_languages_are_built_alike(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if "bg" not in data:
        pairs = [(part["bg"], part["en"]) for part in data.values() if isinstance(part, dict) and "bg" in part]
    else:
        pairs = [(data["bg"], data["en"])]

    different = [(bulgarian, english) for bulgarian, english in pairs if shape_of(bulgarian) != shape_of(english)]

    assert not different


def test_no_word_mixes_letters_that_only_look_alike(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    mixed = [
        word
        for _, text in texts_of(data)
        for word in WORD.findall(text)
        if CYRILLIC.search(word) and LATIN.search(word)
    ]

    assert not mixed


def test_every_text_is_in_the_letters_of_its_language(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    wrong = []
    for place, text in texts_of(data):
        keys = set(re.split(r"[._\[\]]", place))
        letters = WORD.findall(re.sub(r"https?://\S+|\S+@\S+", "", text))
        cyrillic = sum(len(word) for word in letters if CYRILLIC.search(word))
        if "bg" in keys and len("".join(letters)) > 60 and cyrillic * 2 < len("".join(letters)):
            wrong.append(place)
        if "en" in keys and cyrillic * 5 > len("".join(letters)) > 60:
            wrong.append(place)

    assert not wrong


def test_quotation_marks_are_those_of_the_language(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    straight = [place for place, text in texts_of(data) if STRAIGHT.search(text)]
    english_in_bulgarian = [
        place for place, text in texts_of(data) if "bg" in re.split(r"[._\[\]]", place) and "”" in text
    ]

    assert not straight
    assert not english_in_bulgarian


def test_the_practices_are_as_many_and_as_far_spread_as_was_promised(seeded: None) -> None:
    practices = PracticePage.objects.live().filter(locale__language_code="bg")
    local = practices.filter(origin=Origin.LOCAL)

    assert practices.filter(origin=Origin.INTERNATIONAL).count() >= 12
    assert local.count() >= 12
    assert local.filter(municipality__district_bg__in=DISTRICTS).count() * 2 >= 12


def test_every_practice_names_its_sources_in_both_languages(seeded: None) -> None:
    without = [page.title for page in PracticePage.objects.live() if not page.sources]

    assert not without


def test_every_planted_page_has_an_english_translation_of_its_own(seeded: None) -> None:
    bulgarian = Page.objects.live().filter(locale__language_code="bg", depth__gt=1)
    english = Page.objects.live().filter(locale__language_code="en", alias_of=None)

    missing = set(bulgarian.values_list("translation_key")) - set(english.values_list("translation_key"))

    assert bulgarian.count() > 50
    assert not missing


def test_no_invented_organisation_looks_real(seeded: None) -> None:
    assert Organisation.objects.exists()
    assert not Organisation.objects.filter(is_sample=False).exists()


def test_planting_again_changes_nothing(seeded: None) -> None:
    before = (list(Page.objects.order_by("pk").values()), list(Organisation.objects.order_by("pk").values()))

    report = plant_everything().report

    after = (list(Page.objects.order_by("pk").values()), list(Organisation.objects.order_by("pk").values()))
    assert set(report) == {"unchanged"}
    assert before == after


def test_a_page_that_an_editor_changed_is_left_alone_and_named(seeded: None) -> None:
    page = find_page("pages/about")
    assert page is not None
    page.title = "Дума на редактор"
    page.save_revision().publish()
    _pretend_that_the_seed_says_something_new("pages/about")

    planter = plant_everything()

    kept = find_page("pages/about")
    assert kept is not None
    assert kept.title == "Дума на редактор"
    assert planter.left == ["pages/about"]


def test_a_row_that_an_editor_changed_is_left_alone_and_named(seeded: None) -> None:
    theme = Theme.objects.first()
    assert theme is not None
    theme.name_bg = "Дума на редактор"
    theme.save()
    _pretend_that_the_seed_says_something_new(f"themes/{theme.slug}")

    planter = plant_everything()

    theme.refresh_from_db()
    assert theme.name_bg == "Дума на редактор"
    assert planter.left == [f"themes/{theme.slug}"]


def test_a_new_wording_of_the_seed_reaches_pages_that_nobody_touched(seeded: None) -> None:
    _pretend_that_the_seed_says_something_new("pages/about")

    planter = plant_everything()

    assert planter.report["updated"] == 1
    assert planter.left == []


@pytest.mark.parametrize("key", ["pages/about", "news/hub-opened"])
def test_a_page_that_an_editor_deleted_does_not_come_back(key: str, seeded: None) -> None:
    page = find_page(key)
    assert page is not None
    for version in page.get_translations(inclusive=True):
        version.delete()

    plant_everything()

    assert find_page(key) is None
    assert find_page(key, "en") is None


def test_what_belongs_under_a_deleted_page_is_left_out_and_named(seeded: None) -> None:
    index = find_page("news")
    assert index is not None
    for version in index.get_translations(inclusive=True):
        version.delete()
    SeedMark.objects.filter(key="news/hub-opened").delete()

    planter = plant_everything()

    assert {"news", "news/hub-opened"} <= set(planter.left)
    assert find_page("news/hub-opened") is None


def _pretend_that_the_seed_says_something_new(key: str) -> None:
    """Give one mark another fingerprint, as if the seed's file had been changed since it was planted."""
    SeedMark.objects.filter(key=key).update(fingerprint="of an older wording")
