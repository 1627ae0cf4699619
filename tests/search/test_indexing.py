"""How the index keeps in step with what is published."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction

from hub import searchable
from hub.models import NewsIndexPage, NewsPage
from hub.searchable import Record
from search import indexing
from search.engines import engine
from search.entries import Entry
from search.models import IndexedRecord, IndexState, PostingBlock, Term
from search.tasks import index_later
from tests.factories.hub import add_page, make_theme
from tests.factories.search import find, keys, make_record, question


@pytest.fixture
def index(home: Page) -> NewsIndexPage:
    """The Bulgarian list of news."""
    return add_page(home, NewsIndexPage, title="Новини")


def _held(page: Page) -> IndexedRecord | None:
    return IndexedRecord.objects.filter(key=f"page:{page.pk}").first()


class Things:
    """A source of records that are no pages."""

    prefix = "thing"

    def __init__(self, *records: Record) -> None:
        self.by_key = {record.key: record for record in records}

    def keys(self) -> Iterable[str]:
        return self.by_key

    def records(self, keys: Iterable[str]) -> Iterator[Record]:
        for key in keys:
            if key in self.by_key:
                yield self.by_key[key]


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch, db: None) -> Things:
    """A registered source, empty at first."""
    source = Things()
    monkeypatch.setitem(searchable.sources, "thing", source)
    return source


def test_a_published_page_is_found_at_once(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage, title="Обсъждане на бюджета")

    assert keys(find(engine(), question("бюджет"))) == [f"page:{page.pk}"]


def test_a_draft_is_not_indexed_and_a_draft_change_not_found(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage, title="Обсъждане")
    page.title = "Референдум"
    page.save_revision()

    assert find(engine(), question("референдум")).total == 0
    assert find(engine(), question("обсъждане")).total == 1


def test_a_withdrawn_page_is_forgotten(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage)

    page.unpublish()

    assert _held(page) is None


def test_a_deleted_page_is_forgotten_with_all_below(home: Page, index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage)

    Page.objects.get(pk=index.pk).delete()

    assert _held(page) is None
    assert not PostingBlock.objects.exists()


def test_a_moved_page_is_found_at_its_new_address(home: Page, index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage, slug="edno")
    other = home.add_child(instance=NewsIndexPage(title="Архив", slug="arhiv", locale=home.locale))

    page.move(other, pos="last-child")

    held = _held(page)
    assert held is not None
    assert held.url == "/bg/arhiv/edno/"
    assert held.breadcrumbs == ["Архив"]


def test_a_new_slug_above_changes_the_addresses_below(
    index: NewsIndexPage, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    page = add_page(index, NewsPage, slug="edno")

    index.refresh_from_db()
    index.slug = "vesti"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()

    held = _held(page)
    assert held is not None
    assert held.url == "/bg/vesti/edno/"


def test_a_new_title_above_changes_the_breadcrumbs_below(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage)

    index.refresh_from_db()
    index.title = "Вести"
    index.save_revision().publish()

    held = _held(page)
    assert held is not None
    assert held.breadcrumbs == ["Вести"]


def test_a_restriction_takes_out_all_below_and_its_end_brings_it_back(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage)

    restriction = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert _held(page) is None

    restriction.delete()
    assert _held(page) is not None


def test_many_records_are_indexed_in_the_background(things: Things) -> None:
    things.by_key = {f"thing:{number}": make_record(key=f"thing:{number}") for number in range(21)}

    searchable.changed.send(Things, keys=list(things.by_key))
    (result,) = DBTaskResult.objects.all()
    assert not engine().held()

    index_later.call(*result.args_kwargs["args"])
    assert engine().held().keys() == things.by_key.keys()


def test_what_is_no_page_announces_itself(things: Things) -> None:
    things.by_key["thing:1"] = make_record(key="thing:1", text="устав на сдружението")
    searchable.changed.send(Things, keys=["thing:1"])
    assert keys(find(engine(), question("устав"))) == ["thing:1"]

    del things.by_key["thing:1"]
    searchable.gone.send(Things, keys=["thing:1"])
    assert find(engine(), question("устав")).total == 0


def test_an_announced_key_that_yields_nothing_is_forgotten(things: Things) -> None:
    things.by_key["thing:1"] = make_record(key="thing:1", text="устав")
    searchable.changed.send(Things, keys=["thing:1"])
    del things.by_key["thing:1"]

    searchable.changed.send(Things, keys=["thing:1"])

    assert not engine().held()


def test_a_failing_index_does_not_stop_publishing(
    index: NewsIndexPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_keys: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(indexing, "index_keys", fail)
    with caplog.at_level(logging.ERROR):
        page = add_page(index, NewsPage)

    page.refresh_from_db()
    assert page.live
    assert "could not be brought up to date" in caplog.text


def test_the_check_mends_what_a_crash_between_publishing_and_indexing_left(index: NewsIndexPage) -> None:
    page = add_page(index, NewsPage, title="Обсъждане")
    engine().clear()

    indexing.mend()

    assert keys(find(engine(), question("обсъждане"))) == [f"page:{page.pk}"]


def test_the_check_sees_an_older_publication(index: NewsIndexPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = add_page(index, NewsPage, title="Обсъждане")
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "index_keys", lambda _keys: None)
        page.title = "Референдум"
        page.save_revision().publish()
    assert find(engine(), question("референдум")).total == 0

    indexing.mend()

    assert find(engine(), question("референдум")).total == 1


def test_the_check_sees_what_no_stamp_shows(things: Things) -> None:
    things.by_key["thing:1"] = make_record(key="thing:1", title="Едно", text="устав")
    searchable.changed.send(Things, keys=["thing:1"])
    things.by_key["thing:1"] = make_record(key="thing:1", title="Едно", text="правилник")

    indexing.mend()

    assert find(engine(), question("правилник")).total == 1


def test_the_round_comes_by_every_record(things: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "ROUND", 2)
    for number in range(5):
        things.by_key[f"thing:{number}"] = make_record(key=f"thing:{number}", title="Едно", text="старо")
    indexing.rebuild()
    for number in range(5):
        things.by_key[f"thing:{number}"] = make_record(key=f"thing:{number}", title="Едно", text="ново")

    for _ in range(3):
        indexing.mend()

    assert find(engine(), question("ново")).total == 5


def test_the_check_forgets_what_should_not_be_there(things: Things) -> None:
    engine().write([Entry.of(make_record(key="thing:9", text="устав"))])

    indexing.mend()

    assert not engine().held()
    assert not Term.objects.exists()


def test_another_analysis_starts_a_rebuild(things: Things) -> None:
    record = make_record(key="thing:1", text="устав")
    things.by_key["thing:1"] = record
    engine().write([Entry(record, analysis_version="an older one")])
    with pytest.raises(indexing.StaleIndexError):
        indexing.examine()

    indexing.mend()

    assert indexing.examine() == "1 records"


def test_a_check_that_finds_nothing_writes_nothing(index: NewsIndexPage) -> None:
    add_page(index, NewsPage)
    indexing.mend()
    token = IndexState.current_token()

    indexing.mend()

    assert IndexState.current_token() == token


def test_one_record_that_fails_is_reported_and_stops_no_other(things: Things, caplog: pytest.LogCaptureFixture) -> None:
    things.by_key = {
        "thing:1": make_record(key="thing:1", kind="no-such-kind"),
        "thing:2": make_record(key="thing:2", text="устав"),
    }

    with caplog.at_level(logging.CRITICAL):
        outcome = indexing.mend()

    assert outcome.failed == ["thing:1"]
    assert keys(find(engine(), question("устав"))) == ["thing:2"]
    with pytest.raises(indexing.StaleIndexError):
        indexing.examine()


def test_a_rebuild_replaces_records_and_never_empties_the_index(
    things: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    things.by_key = {f"thing:{number}": make_record(key=f"thing:{number}", text="устав") for number in range(30)}
    indexing.rebuild()
    totals = []
    write = type(engine()).write
    monkeypatch.setattr(indexing, "PORTION", 10 * len("устав"))

    def spy(self: object, entries: Iterable[object], **options: object) -> None:
        write(self, entries, **options)  # type: ignore[arg-type]  # passed on as it came
        totals.append(find(engine(), question("устав")).total)

    monkeypatch.setattr(type(engine()), "write", spy)
    indexing.rebuild()

    assert totals == [30, 30, 30]


def test_the_command_rebuilds_and_says_how_much(things: Things, capsys: pytest.CaptureFixture[str]) -> None:
    things.by_key["thing:1"] = make_record(key="thing:1", text="устав")

    call_command("rebuild_index")

    assert "1 records" in capsys.readouterr().out


def test_the_command_fails_where_records_cannot_be_indexed(things: Things) -> None:
    things.by_key["thing:1"] = make_record(key="thing:1", kind="no-such-kind")

    with pytest.raises(CommandError, match="thing:1"):
        call_command("rebuild_index", "--if-needed")


def test_a_renamed_term_is_shown_by_its_new_name(db: None) -> None:
    theme = make_theme()
    IndexState.renew_token()
    token = IndexState.current_token()

    theme.name_bg = "Друга тема"
    theme.save()

    assert IndexState.current_token() != token
