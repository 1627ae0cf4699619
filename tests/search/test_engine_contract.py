"""What every engine must do, run on each."""

from datetime import UTC, datetime

import pytest

from hub.searchable import Passage
from search.engines import Alternative, Clause, Engine, Question, Sort, State
from search.engines.database import DatabaseEngine
from search.entries import Entry
from search.models import IndexState
from tests.factories.search import find, keys, make_record, question, write


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    """Each engine in turn, empty."""
    if request.param == "elastic":
        elastic: Engine = request.getfixturevalue("elastic")
        return elastic
    database = DatabaseEngine()
    database.clear()
    return database


def test_a_record_is_found_by_another_form_of_its_word(engine: Engine) -> None:
    write(engine, make_record(key="a", text="Участието на младите хора."), make_record(key="b", text="Нещо друго."))

    answer = find(engine, question("участие млад"))

    assert keys(answer) == ["a"]
    assert answer.total == 1


def test_all_words_must_stand_in_a_record(engine: Engine) -> None:
    write(engine, make_record(key="a", text="бюджет и референдум"), make_record(key="b", text="само бюджет"))

    assert keys(find(engine, question("бюджет референдум"))) == ["a"]


def test_words_of_title_and_summary_are_found_too(engine: Engine) -> None:
    write(engine, make_record(key="a", title="Референдум"), make_record(key="b", summary="Местен референдум."))

    assert sorted(keys(find(engine, question("референдуми")))) == ["a", "b"]


def test_a_word_in_the_title_counts_for_more_than_one_in_the_text(engine: Engine) -> None:
    write(
        engine,
        make_record(key="a", title="Нещо друго", text="Тук се говори за петиция."),
        make_record(key="b", title="Онлайн петиция", text="Тук се говори за нещо."),
    )

    assert keys(find(engine, question("петиция"))) == ["b", "a"]


def test_a_rare_word_counts_for_more_than_a_common_one(engine: Engine) -> None:
    common = [make_record(key=f"common:{number}", text="община решава") for number in range(5)]
    write(engine, *common, make_record(key="rare", text="община жребий"), make_record(key="both", text="жребий"))

    answer = find(engine, question("община жребий"))

    assert keys(answer) == ["rare"]


def test_equal_hits_come_in_the_order_of_their_keys(engine: Engine) -> None:
    write(engine, *(make_record(key=key, title="Едно", text="същият текст") for key in ("c", "a", "b")))

    assert keys(find(engine, question("текст"))) == ["a", "b", "c"]


def test_an_excluded_word_takes_records_out(engine: Engine) -> None:
    write(engine, make_record(key="a", text="местен референдум"), make_record(key="b", text="национален референдум"))

    assert keys(find(engine, question("референдум -национален"))) == ["a"]


def test_a_quotation_is_found_word_for_word_alone(engine: Engine) -> None:
    write(
        engine,
        make_record(key="a", text="Решава общинският съвет на града."),
        make_record(key="b", text="Съвет на общинският град."),
        make_record(key="c", text="Общински съвети решават."),
    )

    assert keys(find(engine, question("„общинският съвет“"))) == ["a"]


def test_a_quotation_does_not_run_over_the_end_of_a_passage(engine: Engine) -> None:
    write(engine, make_record(key="a", passages=(Passage("общинският"), Passage("съвет"))))

    assert find(engine, question("„общинският съвет“")).total == 0


def test_a_quotation_can_be_excluded(engine: Engine) -> None:
    write(engine, make_record(key="a", text="общински съвет"), make_record(key="b", text="съвет общински"))

    assert keys(find(engine, question("съвет -„общински съвет“"))) == ["b"]


def test_signs_of_like_in_a_quotation_stand_for_themselves(engine: Engine) -> None:
    write(engine, make_record(key="a", text="тема едно"))

    assert find(engine, question("„те_а %“")).total == 0


def test_another_way_to_say_a_word_counts_for_less(engine: Engine) -> None:
    write(engine, *(make_record(key=key, title="Едно", text=key) for key in ("бюджет", "каса", "друго")))
    clause = Clause("бюджет", ("бюджет",), alternatives=(Alternative((("каса",),), share=0.5),))

    answer = find(engine, Question("bg", (clause,)))

    assert keys(answer) == ["бюджет", "каса"]
    assert answer.hits[1].score == pytest.approx(answer.hits[0].score / 2)


def test_another_way_in_several_words_needs_all_of_them(engine: Engine) -> None:
    texts = {"a": "партиципативен бюджет", "b": "участие в бюджета", "c": "участие в събор", "d": "само бюджет"}
    write(engine, *(make_record(key=key, title="Едно", text=text) for key, text in texts.items()))
    ways = (Alternative((("партиципативен",), ("бюджет",)), 1.0), Alternative((("участие",), ("бюджет",)), 0.6))

    answer = find(engine, Question("bg", (Clause("партиципативен бюджет", (), alternatives=ways),)))

    assert keys(answer) == ["a", "b"]
    assert answer.total == 2


def test_of_some_words_so_many_must_be_said_as_are_asked_for(engine: Engine) -> None:
    texts = {"a": "петиция", "b": "петиция за парка", "c": "петиция за парка на младите", "d": "нищо"}
    write(engine, *(make_record(key=key, title="Едно", text=text) for key, text in texts.items()))
    words = question("петиция парк млад").clauses

    answers = {least: find(engine, Question("bg", some=words, least=least)) for least in (1, 2, 3)}

    assert {least: answer.total for least, answer in answers.items()} == {1: 3, 2: 2, 3: 1}
    assert keys(answers[1]) == ["c", "b", "a"]


def test_some_words_are_asked_for_beside_others_that_must_be_there(engine: Engine) -> None:
    write(engine, make_record(key="a", text="бюджет петиция"), make_record(key="b", text="петиция парк"))
    (must,) = question("бюджет").clauses

    answer = find(engine, Question("bg", (must,), some=question("петиция парк").clauses, least=1))

    assert keys(answer) == ["a"]
    assert not find(engine, Question("bg", (must,), some=question("парк").clauses, least=1)).total


def test_where_only_hits_are_wanted_nothing_is_counted(engine: Engine) -> None:
    write(engine, *(make_record(key=key, text="бюджет и план") for key in "abc"))
    whole = find(engine, question("бюджет план"))

    answer = find(engine, question("бюджет план", limit=2, is_counted=False))

    assert answer.hits == whole.hits[:2]
    assert (answer.total, answer.facets, answer.rarity) == (2, {"kind": {}}, whole.rarity)


def test_words_are_left_aside_where_only_hits_are_wanted_too(engine: Engine) -> None:
    write(engine, make_record(key="a", text="местен бюджет"), make_record(key="b", text="план"))

    answers = [find(engine, question("местен бюджет план", is_counted=False, may_relax=True)) for _ in range(2)]

    assert [answer.total for answer in answers] == [1, 1]
    assert answers[0] == answers[1]


def test_an_answer_tells_how_rare_what_was_asked_for_is(engine: Engine) -> None:
    write(engine, *(make_record(text=text) for text in ("бюджет", "бюджет петиция", "нищо")))

    rarity = find(engine, question("бюджет петиция")).rarity

    assert rarity["петиция",] > rarity["бюджет",] > 0


def test_the_languages_do_not_mix(engine: Engine) -> None:
    write(
        engine, make_record(key="a", language="bg", text="Decidim"), make_record(key="b", language="en", text="Decidim")
    )

    assert keys(find(engine, question("decidim", "bg"))) == ["a"]
    assert keys(find(engine, question("decidim", "en"))) == ["b"]


def test_several_questions_are_answered_at_once_and_apart(engine: Engine) -> None:
    write(engine, make_record(key="a", text="петиция"), make_record(key="b", language="en", text="a petition"))

    questions = [question("петиции", "bg"), question("petitions", "en")]
    bulgarian, english = engine.find(questions, State(str(IndexState.current_token())))

    assert (keys(bulgarian), keys(english)) == (["a"], ["b"])


def test_hidden_records_are_in_no_hit_no_total_and_no_count(engine: Engine) -> None:
    facets = {"theme": ("youth",)}
    write(engine, *(make_record(key=key, text="бюджет", facets=facets) for key in ("a", "b")))

    answer = find(engine, question("бюджет"), hidden={"b"})

    assert (keys(answer), answer.total, answer.facets["theme"]) == (["a"], 1, {"youth": 1})


def test_a_question_without_words_finds_everything_the_newest_first(engine: Engine) -> None:
    write(
        engine,
        make_record(key="old", published_at=datetime(2019, 5, 1, tzinfo=UTC)),
        make_record(key="undated"),
        make_record(key="new", published_at=datetime(2024, 5, 1, tzinfo=UTC)),
    )

    assert keys(find(engine, question())) == ["new", "old", "undated"]


def test_hits_can_be_ordered_by_date(engine: Engine) -> None:
    write(
        engine,
        make_record(key="old", title="Бюджет бюджет", text="бюджет", published_at=datetime(2019, 5, 1, tzinfo=UTC)),
        make_record(key="new", text="бюджет", published_at=datetime(2024, 5, 1, tzinfo=UTC)),
    )

    assert keys(find(engine, question("бюджет"))) == ["old", "new"]
    assert keys(find(engine, question("бюджет", sort=Sort.DATE))) == ["new", "old"]


def test_a_stretch_of_the_hits_has_the_same_total(engine: Engine) -> None:
    write(engine, *(make_record(key=f"k{number}", title="Едно", text="текст") for number in range(5)))

    answer = find(engine, question("текст", offset=2, limit=2))

    assert (keys(answer), answer.total) == (["k2", "k3"], 5)


def test_a_limit_of_none_gives_counts_without_hits(engine: Engine) -> None:
    write(engine, make_record(text="текст"))

    answer = find(engine, question("текст", limit=0))

    assert (answer.hits, answer.total) == ((), 1)


def test_values_of_a_facet_widen_and_facets_narrow(engine: Engine) -> None:
    write(
        engine,
        make_record(key="a", text="текст", facets={"theme": ("youth", "health"), "year": ("2020",)}),
        make_record(key="b", text="текст", facets={"theme": ("transport",), "year": ("2020",)}),
        make_record(key="c", text="текст", facets={"theme": ("youth",), "year": ("2021",)}),
    )
    filters = {"theme": ("youth", "transport"), "year": ("2020",)}

    assert sorted(keys(find(engine, question("текст", filters=filters)))) == ["a", "b"]


def test_the_counts_of_a_facet_leave_its_own_filter_aside(engine: Engine) -> None:
    write(
        engine,
        make_record(key="a", text="текст", facets={"theme": ("youth",), "year": ("2020",)}),
        make_record(key="b", text="текст", facets={"theme": ("transport",), "year": ("2020",)}),
        make_record(key="c", text="текст", facets={"theme": ("transport",), "year": ("2021",)}),
    )

    answer = find(engine, question("текст", filters={"theme": ("youth",)}))

    assert answer.total == 1
    assert answer.facets["theme"] == {"youth": 1, "transport": 2}
    assert answer.facets["year"] == {"2020": 1}
    assert answer.facets["kind"] == {"page": 1}


def test_more_than_ten_values_of_a_facet_are_counted(engine: Engine) -> None:
    write(engine, *(make_record(text="текст", facets={"theme": (f"t{number}",)}) for number in range(30)))

    assert find(engine, question("текст")).facets["theme"] == {f"t{number}": 1 for number in range(30)}


def test_a_kind_is_a_facet_like_others(engine: Engine) -> None:
    write(engine, make_record(key="a", kind="news", text="текст"), make_record(key="b", text="текст"))

    assert keys(find(engine, question("текст", filters={"kind": ("news",)}))) == ["a"]


def test_a_value_that_nothing_has_lets_nothing_through(engine: Engine) -> None:
    write(engine, make_record(text="текст", facets={"theme": ("youth",)}))

    assert find(engine, question("текст", filters={"theme": ("no-such",)})).total == 0


def test_relaxing_keeps_the_rare_words_and_names_what_it_drops(engine: Engine) -> None:
    write(
        engine,
        make_record(key="a", text="граждански жребий"),
        *(make_record(text="граждански бюджет") for _ in range(4)),
    )

    answer = find(engine, question("жребий бюджет граждански", may_relax=True))

    assert keys(answer) == ["a"]
    assert [clause.text for clause in answer.dropped] == ["бюджет"]


def test_nothing_is_relaxed_unasked_and_nothing_out_of_nothing(engine: Engine) -> None:
    write(engine, make_record(text="граждански бюджет"))

    assert find(engine, question("бюджет непознатадума")).total == 0
    assert find(engine, question("непознатадума", may_relax=True)).total == 0


def test_a_record_written_again_is_there_once_with_its_new_text(engine: Engine) -> None:
    write(engine, make_record(key="a", text="старият текст"))

    write(engine, make_record(key="a", text="новата дума"))

    assert find(engine, question("текст")).total == 0
    assert keys(find(engine, question("дума"))) == ["a"]


@pytest.mark.parametrize("anew", [False, True])
def test_of_one_key_in_a_batch_the_last_is_written(engine: Engine, *, anew: bool) -> None:
    records = make_record(key="a", text="първата дума"), make_record(key="a", text="втората дума")

    engine.write([Entry.of(record) for record in records], anew=anew)
    engine.settle()

    assert find(engine, question("първата")).total == 0
    assert keys(find(engine, question("втората"))) == ["a"]


def test_a_changed_address_or_facet_alone_is_taken_over(engine: Engine) -> None:
    write(engine, make_record(key="a", title="Едно", text="текст", facets={"theme": ("youth",)}))

    write(engine, make_record(key="a", title="Едно", text="текст", facets={"theme": ("health",)}))

    assert find(engine, question("текст")).facets["theme"] == {"health": 1}


def test_of_one_key_in_a_batch_the_last_is_left_even_if_it_is_there_already(engine: Engine) -> None:
    held = make_record(key="a", text="бюджет")
    write(engine, held)

    write(engine, make_record(key="a", text="жребий"), held)

    assert keys(find(engine, question("бюджет"))) == ["a"]
    assert keys(find(engine, question("жребий"))) == []


def test_deleted_records_are_gone_and_unknown_keys_no_error(engine: Engine) -> None:
    write(engine, make_record(key="a", text="текст"), make_record(key="b", text="текст"))

    engine.delete(["a", "no-such"])

    assert keys(find(engine, question("текст"))) == ["b"]
    assert set(engine.held()) == {"b"}


def test_a_cleared_engine_is_empty(engine: Engine) -> None:
    write(engine, make_record(text="текст"))

    engine.clear()

    assert find(engine, question("текст")).total == 0
    assert not engine.held()


def test_what_is_held_tells_whether_it_is_current(engine: Engine) -> None:
    record = make_record(key="a", text="текст")
    engine.write([Entry(record, "stamp 1")])

    held = engine.held()["a"]

    assert held.is_current(Entry(record, "stamp 1"))
    assert not held.is_current(Entry(record, "stamp 2"))
    assert not held.is_current(Entry(record, "stamp 1", analysis_version="another"))


def test_a_batch_is_written_whole_or_not_at_all(engine: Engine) -> None:
    write(engine, make_record(key="a", text="старо"))
    broken = make_record(key="b", facets={"theme": 7})

    with pytest.raises(TypeError):
        write(engine, make_record(key="a", text="ново"), broken)

    assert keys(find(engine, question("старо"))) == ["a"]


def test_tidying_leaves_what_is_found_alone(engine: Engine) -> None:
    write(engine, make_record(key="a", text="текст"), make_record(key="b", text="друго"))
    engine.delete(["b"])

    engine.tidy()

    assert keys(find(engine, question("текст"))) == ["a"]
