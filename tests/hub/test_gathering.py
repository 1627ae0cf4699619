"""Gathering of the texts that need a translation."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hub import gathering
from hub.gathering import complaints, gather, updated

ENTRY = 'msgid "Sources"\nmsgstr "Източници"\n'


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_texts_of_python_are_gathered_with_plurals_and_contexts(tmp_path: Path) -> None:
    source = (
        'a = _("Split " "text")\nb = ngettext("%(n)s file", "%(n)s files", n) % {"n": n}\n'
        'c = pgettext_lazy("month", "May")\nd = _(name)\ne = _(f"{x}")\n'
    )

    catalogue = gather([_write(tmp_path, "one.py", source)])

    assert {(message.context, message.id) for message in catalogue if message.id} == {
        (None, "Split text"),
        (None, ("%(n)s file", "%(n)s files")),
        ("month", "May"),
    }


def test_texts_of_a_template_are_gathered_by_djangos_own_rules(tmp_path: Path) -> None:
    source = """{% extends "base.html" %}
      {% block a %}
        <p title="{% translate "It's 100% yours" %}">{{ x|default:_("None") }}
      {% endblock %}
        {% blocktranslate trimmed count n=rows|length %}
          One row of {{ name }}
        {% plural %}
          {{ n }} rows
        {% endblocktranslate %}
      {% include "a.html" with text=_("Passed on") %}{# _("a comment") #}
    """

    catalogue = gather([_write(tmp_path, "one.html", source)])

    assert {message.id for message in catalogue if message.id} == {
        "It's 100%% yours",
        "None",
        ("One row of %(name)s", "%(n)s rows"),
        "Passed on",
    }


def test_a_translation_is_kept_and_an_obsolete_one_goes(tmp_path: Path) -> None:
    catalogue = _write(tmp_path, "django.po", gathering.HEADER + ENTRY + '\nmsgid "Old"\nmsgstr "Старо"\n')

    text = updated(catalogue, gather([_write(tmp_path, "one.py", '_("Sources"); _("New")')]))

    assert text == gathering.HEADER + 'msgid "New"\nmsgstr ""\n\n' + ENTRY


def test_a_catalogue_that_is_up_to_date_is_not_changed(tmp_path: Path) -> None:
    source = _write(tmp_path, "one.py", '_("Sources"); ngettext("%(n)s row", "%(n)s rows", 2)')
    catalogue = _write(tmp_path, "django.po", updated(tmp_path / "none.po", gather([source])))

    text = updated(catalogue, gather([source]))

    assert text == catalogue.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "Sources"\nmsgstr ""\n', "empty: 'Sources'"),
        ('#, fuzzy\nmsgid "Sources"\nmsgstr "Извори"\n', "fuzzy: 'Sources'"),
        ('msgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "%(n)s ред"\nmsgstr[1] ""\n', "empty: '%(n)s row'"),
        ('#, python-format\nmsgid "Page %(n)s"\nmsgstr "Страница %(m)s"\n', "Page %(n)s"),
    ],
)
def test_an_entry_that_is_not_ready_is_complained_of(entry: str, complaint: str) -> None:
    found = complaints(gathering.HEADER + entry)

    assert len(found) == 1
    assert complaint in found[0]


def test_a_complete_catalogue_gives_no_complaint() -> None:
    assert complaints(gathering.HEADER + ENTRY) == []


def test_the_check_fails_and_writes_nothing_where_texts_are_missing(tmp_path: Path) -> None:
    catalogue = _write(tmp_path, "django.po", gathering.HEADER + ENTRY)

    with pytest.raises(CommandError, match="not up to date"):
        call_command("gather_messages", check=True, catalogue=catalogue)

    assert catalogue.read_text(encoding="utf-8") == gathering.HEADER + ENTRY


def test_every_text_of_our_own_is_translated() -> None:
    call_command("gather_messages", check=True)
