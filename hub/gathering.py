"""Gathering of the texts that need a translation, by Django's rules but without gettext."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

# A function's name, and which of its arguments are context, singular and plural; None is the first alone.
PLACES: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)
}  # fmt: skip
KEYWORDS = {"_": None, "gettext_noop": None} | {
    name + ending: places for name, places in PLACES.items() for ending in ("", "_lazy")
}
TEMPLATE_ENDINGS = {".html", ".txt"}
# Nothing that changes with the hour or the machine: a catalogue differs only where a text does.
HEADER = """\
# The hub's own texts in Bulgarian.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: bg\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def sources() -> list[Path]:
    """Return the Python files and templates of the project's own applications, in a stable order."""
    rooms = [Path(config.path) for config in apps.get_app_configs()]
    own = [room for room in rooms if room.parent == settings.PROJECT_DIR]
    folders = [*own, settings.PROJECT_DIR / "templates"]
    files = [path for folder in folders for path in folder.rglob("*") if "migrations" not in path.parts]
    return sorted(path for path in files if path.suffix == ".py" or path.suffix in TEMPLATE_ENDINGS)


def gather(paths: list[Path]) -> Catalog:
    """Return a catalogue of all texts in the files, untranslated."""
    catalogue = Catalog(locale=settings.LANGUAGE_CODE)
    for path in paths:
        for message, context, comments in _texts(path):
            catalogue.add(message, context=context, auto_comments=comments)
    return catalogue


def updated(catalogue: Path, gathered: Catalog) -> str:
    """Return the text of a catalogue's file with exactly the gathered texts, its translations kept."""
    known = Catalog(locale=settings.LANGUAGE_CODE)
    if catalogue.exists():
        with catalogue.open("rb") as file:
            known = read_po(file, locale=settings.LANGUAGE_CODE)
    known.update(gathered, no_fuzzy_matching=True)
    out = BytesIO()
    write_po(out, known, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=120)
    return (HEADER + out.getvalue().decode()).rstrip("\n") + "\n"


def complaints(text: str) -> list[str]:
    """Return what is wrong with the entries of a catalogue: empty, fuzzy, or with other placeholders."""
    catalogue = read_po(BytesIO(text.encode()), locale=settings.LANGUAGE_CODE)
    found = []
    for message in catalogue:
        if not message.id:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        if not _is_translated(message):
            found.append(f"empty: {name!r}")
        elif message.fuzzy:
            found.append(f"fuzzy: {name!r}")
        found += [f"{error}: {name!r}" for error in message.check(catalogue)]
    return found


def _is_translated(message: Message) -> bool:
    """Return whether each of the entry's forms has a text."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """Yield message, context and translators' comments of a file; a plural message is a pair."""
    source = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_ENDINGS:
        # What is left of a template are calls between blanks; the lines are no Python until they begin at the margin.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _, message, comments, context in extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators"]):
        yield message, context, comments
