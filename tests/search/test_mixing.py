"""Both languages on one list: who leads, who follows, and that each result has one place."""

import random
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.searchable import Passage
from search.asking import Found, Wish
from search.counterparts import keys_with_version_in
from search.engines import Answer, Hit, State, engine
from search.mixing import ask_both
from search.placing import KEPT, PAGE_SIZE, Mixed, Part, Way, placed_parts
from search.query import Reading, parse
from tests.factories.search import make_record, make_term, write


def _asked(text: str, language: str = "bg", **wish: object) -> Mixed:
    return ask_both(parse(text), language, Wish(**wish))  # type: ignore[arg-type]  # the fields of a wish


def _keys(mixed: Mixed) -> list[str]:
    return [placed.key for placed in mixed.placed]


@pytest.mark.django_db
def test_a_bulgarian_question_finds_english_text_by_its_meaning() -> None:
    write(engine(), make_record(key="thing:en", language="en", text="A petition for the park"))

    mixed = _asked("петиции за паркове")

    assert _keys(mixed) == ["thing:en"]
    assert mixed.placed[0].part.way is Way.MEANING


@pytest.mark.django_db
def test_an_english_question_finds_bulgarian_text_by_its_meaning() -> None:
    write(engine(), make_record(key="thing:bg", text="Участие на гражданите"))

    assert _keys(_asked("participation of citizens", "en")) == ["thing:bg"]


@pytest.mark.django_db
def test_a_word_alone_that_is_nowhere_is_translated_only_if_it_is_a_term() -> None:
    make_term("петиция", term_en="petition")
    write(engine(), make_record(key="thing:en", language="en", text="A petition to water the park"))

    assert _keys(_asked("петиции")) == ["thing:en"]
    assert _keys(_asked("поливам")) == []


@pytest.mark.django_db
def test_a_term_of_several_words_is_translated_as_a_whole() -> None:
    make_term("избор чрез жребий", term_en="sortition")
    write(engine(), make_record(key="thing:en", language="en", text="Sortition"))
    write(engine(), make_record(language="en", text="A choice"))

    assert _keys(_asked("избори чрез жребий")) == ["thing:en"]


@pytest.mark.django_db
def test_names_are_found_in_the_letters_of_the_other_script() -> None:
    write(engine(), make_record(key="thing:en", language="en", text="Practices from Kazichene"))

    assert _keys(_asked("Казичене")) == ["thing:en"]


@pytest.mark.django_db
def test_the_words_themselves_come_before_translations() -> None:
    write(
        engine(),
        make_record(key="thing:en", language="en", title="Petition", text="petition petition petition"),
        make_record(key="thing:bg", text="Между другото и една петиция."),
    )

    mixed = _asked("петиция")

    assert _keys(mixed) == ["thing:bg", "thing:en"]
    assert mixed.total == 2


@pytest.mark.django_db
def test_the_last_places_of_the_first_page_are_kept_for_the_other_language() -> None:
    write(engine(), *(make_record(text="петиция") for _ in range(30)))
    write(engine(), *(make_record(language="en", text="petition") for _ in range(7)))

    mixed = _asked("петиция")

    languages = [placed.part.language for placed in mixed.placed]
    assert languages == ["bg"] * (PAGE_SIZE - KEPT) + ["en"] * KEPT
    assert mixed.total == 37


@pytest.mark.django_db
def test_the_pages_of_a_list_hold_every_result_once() -> None:
    write(engine(), *(make_record(text="петиция") for _ in range(13)))
    write(engine(), *(make_record(language="en", text="petition") for _ in range(17)))

    pages = [_keys(_asked("петиция", offset=offset)) for offset in range(0, 40, PAGE_SIZE)]

    keys = list(chain.from_iterable(pages))
    assert [len(page) for page in pages] == [10, 10, 10, 0]
    assert len(set(keys)) == 30


@given(st.integers(0, 5), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_whatever_the_numbers_each_result_has_one_place(chosen: int, leading: int, following: int) -> None:
    def part(name: str, total: int, way: Way, offset: int = 0) -> Part:
        hits = tuple(Hit(f"{name}:{number}", 0.0) for number in range(offset, total))
        return Part("bg", Found(Answer(total, hits), Reading()), way, offset)

    seen = []
    for offset in range(0, 100, PAGE_SIZE):
        mixed = placed_parts(
            part("chosen", chosen, Way.CHOSEN) if chosen else None,
            part("leading", leading, Way.WORDS, min(leading, max(0, offset - KEPT - chosen))),
            part("following", following, Way.MEANING, min(following, max(0, offset - chosen - leading)))
            if following
            else None,
            Wish(offset=offset),
        )
        seen += _keys(mixed)

    assert len(seen) == len(set(seen)) == chosen + leading + following


@pytest.mark.django_db
def test_one_language_alone_can_be_asked_for() -> None:
    write(engine(), make_record(key="thing:bg", text="петиция"))
    write(engine(), make_record(key="thing:en", language="en", text="petition"))

    assert _keys(_asked("петиция", only="bg")) == ["thing:bg"]
    assert _keys(_asked("петиция", only="en")) == ["thing:en"]


@pytest.mark.django_db
def test_a_work_with_a_version_in_the_readers_language_stands_in_that_alone() -> None:
    write(
        engine(),
        make_record(key="thing:bg", text="петиция", translation_key="work"),
        make_record(key="thing:en", language="en", text="petition", translation_key="work"),
        make_record(key="thing:other", language="en", text="petition"),
    )

    assert _keys(_asked("петиция")) == ["thing:bg", "thing:other"]


@pytest.mark.django_db
def test_the_files_of_a_work_are_shown_in_the_readers_language_where_one_is() -> None:
    for key, language in (("page:1", "bg"), ("page:2", "en")):
        write(engine(), make_record(key=key, language=language, page_id=int(key[5:]), translation_key="work"))
    texts = {"bg": "петиция", "en": "petition"}
    files = {"file:bg": ("bg", 1), "file:en": ("en", 2), "file:other": ("en", None)}
    for key, (language, page) in files.items():
        write(engine(), make_record(key=key, kind="file", language=language, page_id=page, text=texts[language]))

    assert keys_with_version_in("bg", State()) == {"page:2", "file:en"}
    assert keys_with_version_in("en", State()) == {"page:1", "file:bg"}
    assert keys_with_version_in("bg", State(hidden=frozenset({"file:bg"}))) == {"page:2"}


@pytest.mark.django_db
def test_what_leads_comes_by_closeness_on_every_page() -> None:
    filling = (Passage("Времето е хубаво и хората се разхождат край реката."),) * 3
    apart = (Passage("Бюджетът на града."), *filling, Passage("Проектът на града. Проектът."))
    write(engine(), *(make_record(key=f"a{number:02}", passages=apart) for number in range(12)))
    write(engine(), make_record(key="z", passages=(Passage("Бюджетът на проекта."), *filling)))

    pages = [_keys(_asked("бюджет на проекта", offset=offset)) for offset in (0, 10)]

    assert pages[0][0] == "z"
    assert pages[0][1:] + pages[1] == [f"a{number:02}" for number in range(12)]


@pytest.mark.django_db
def test_what_is_near_stands_among_what_leads_and_leaves_the_other_language_its_places() -> None:
    filling = (Passage("Времето е хубаво и хората се разхождат край реката."),) * 3
    write(engine(), make_record(key="apart", passages=(Passage("петиция"), *filling, Passage("парк"), Passage("град"))))
    write(engine(), *(make_record(text="град") for _ in range(20)))
    write(engine(), *(make_record(key=f"near{number}", title="Петиция за парка") for number in range(9)))
    write(engine(), *(make_record(language="en", text="a petition for the park of the city") for _ in range(9)))

    mixed = _asked("петиция парк град")

    assert mixed.leading.total == 1
    assert [placed.key for placed in mixed.shown][:6] == [*(f"near{number}" for number in range(5)), "apart"]
    assert {placed.part.language for placed in mixed.shown[6:]} == {"en"}
    assert {placed.without for placed in mixed.near} == {("град",)}


@pytest.mark.django_db
def test_a_question_in_the_other_language_is_answered_in_it_first() -> None:
    write(engine(), make_record(key="thing:en", language="en", text="petition"))
    write(engine(), make_record(key="thing:bg", text="петиция"))

    mixed = _asked("petition", "bg")

    assert _keys(mixed) == ["thing:en", "thing:bg"]
    assert [placed.part.way for placed in mixed.placed] == [Way.WORDS, Way.MEANING]


@pytest.mark.django_db
def test_a_quotation_is_not_translated() -> None:
    write(engine(), make_record(language="en", text="petition"))

    assert _asked("„петиция“").total == 0


@pytest.mark.django_db
def test_what_is_excluded_is_excluded_in_the_other_language_too() -> None:
    write(engine(), make_record(key="thing:a", language="en", text="petition park"))
    write(engine(), make_record(key="thing:b", language="en", text="petition park school"))

    assert _keys(_asked("петиция парк -училище")) == ["thing:a"]


@pytest.mark.django_db
def test_as_many_words_as_go_together_are_found_in_the_other_language() -> None:
    write(engine(), make_record(text="подписване на петиция в парка"))
    write(engine(), make_record(key="thing:en", language="en", text="a petition for the park"))

    mixed = _asked("подписване петиция парк")

    assert _keys(mixed)[1:] == ["thing:en"]


@pytest.mark.django_db
def test_words_that_are_nowhere_find_nothing_near_their_meaning() -> None:
    write(engine(), make_record(language="en", text="colony"))

    assert _asked("колонизаторски").total == 0


@pytest.mark.django_db
def test_a_word_of_no_language_finds_nothing() -> None:
    write(engine(), make_record(text="петиция"), make_record(language="en", text="petition"))

    assert [_asked(word, language).total for word in ("xqzvkjw", "фывапролдж") for language in ("bg", "en")] == [0] * 4


@pytest.mark.django_db
def test_facets_count_both_languages() -> None:
    write(engine(), make_record(kind="news", text="петиция"), make_record(kind="news", language="en", text="petition"))

    assert _asked("петиция").facets["kind"]["news"] == 2


_WORDS = ("бюджет", "участие", "жребий", "младеж", "петиция", "квартал", "budget", "youth", "petition")


@pytest.mark.django_db
@pytest.mark.parametrize("preset", [{}, {"kind": ("practice",)}], ids=["everything", "one kind"])
@pytest.mark.parametrize(
    "query",
    [
        "бюджет",
        "бюджет жребий младеж",  # few hold all: near ones, other readings
        "бюджет участие жребий младеж петиция квартал",  # none holds all: words left aside
        "учасстие",  # mended
        "участие на мла",  # completed
        "uchastie",  # in Latin letters
        "budget",  # stands here by chance, and leads there
        "petition youth",
        "„участие жребий“ -бюджет",
        "",
    ],
)
def test_what_choosing_a_value_gives_is_what_its_count_says(query: str, preset: dict[str, tuple[str, ...]]) -> None:
    draw = random.Random(5)  # the same records each time
    make_term("петиция", term_en="petition", synonyms_bg="подписка")
    for number in range(60):
        language = draw.choice(("bg", "bg", "en"))
        facets = {"theme": tuple(draw.sample(("a", "b", "c"), draw.randrange(3))), "year": (str(2020 + number % 4),)}
        text = " ".join(draw.sample(_WORDS, draw.randrange(1, 5)))
        kind = draw.choice(("practice", "file"))
        write(engine(), make_record(language=language, text=text, kind=kind, facets={**facets, "kind": (kind,)}))

    everything = _asked(query, filters=preset, preset=preset)

    for name, values in everything.facets.items():
        for value, count in values.items() if name not in preset else ():
            narrowed = _asked(query, filters={**preset, name: (value,)}, preset=preset)
            assert narrowed.total == count, (name, value)
            for other, counts in narrowed.facets.items():
                for further, number in counts.items() if other not in {name, *preset} else ():
                    filters = {**preset, name: (value,), other: (further,)}
                    assert _asked(query, filters=filters, preset=preset).total == number, filters


@pytest.mark.django_db
def test_words_in_the_other_script_lead_where_most_of_them_stand() -> None:
    write(engine(), make_record(key="thing:bg", text="Група Youth for Europe"))
    write(engine(), *(make_record(language="en", text="Youth councils") for _ in range(3)))

    assert _asked("youth").leading.language == "en"
    assert _asked("youth Europe").leading.language == "bg"


@pytest.mark.django_db
def test_a_name_in_the_other_script_leads_in_the_readers_language_where_as_much_stands() -> None:
    write(engine(), make_record(text="Платформата Decidim"), make_record(language="en", text="The Decidim platform"))

    assert _asked("Decidim").leading.language == "bg"
    assert _asked("Decidim", "en").leading.language == "en"
