"""What the front end may weigh, where it may ask for things, and whether its colours can be read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
STATIC_DIR = PROJECT_DIR / "hub" / "static"
STYLE_SHEET = STATIC_DIR / "hub" / "css" / "hub.css"
TEMPLATES = sorted((PROJECT_DIR / "templates").rglob("*.html"))

MAX_STYLE_BYTES = 40_000
MAX_SCRIPT_BYTES = 25_000
MAX_FONT_BYTES = 70_000

GROUNDS = ("paper", "surface", "sunk")
TEXT_COLOURS = ("ink", "muted", "link", "visited", "burgas", "sliven", "stara-zagora", "yambol", "danger", "ok")
MIN_TEXT_CONTRAST = 4.5
MIN_EDGE_CONTRAST = 3.0

TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*(?:\bsrc=|application/ld\+json))|javascript:", re.IGNORECASE
)
FOREIGN = re.compile(r"(?:\bsrc(?:set)?|<link[^>]*\bhref)=[\"'](?:https?:)?//", re.IGNORECASE)
STATIC_TAG = re.compile(r"\{% static [\"']([^\"']+)[\"']")


def weigh(pattern: str) -> int:
    """Return how many bytes the static files of a pattern have together."""
    return sum(path.stat().st_size for path in STATIC_DIR.rglob(pattern))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the colours of the style sheet by name, in light and in dark."""
    tokens = TOKEN.findall(STYLE_SHEET.read_text(encoding="utf-8"))
    yield "light", {name: light for name, light, _ in tokens}
    yield "dark", {name: dark for name, _, dark in tokens}


def name_of(template: Path) -> str:
    """Return a template's path as a test's id."""
    return template.relative_to(PROJECT_DIR).as_posix()


def test_no_page_has_more_styles_than_its_budget() -> None:
    everywhere = STYLE_SHEET.stat().st_size
    own = {path.name: path.stat().st_size for path in STYLE_SHEET.parent.glob("*.css") if path != STYLE_SHEET}

    heavy = {name: size for name, size in own.items() if everywhere + size > MAX_STYLE_BYTES}

    assert 0 < everywhere <= MAX_STYLE_BYTES
    assert not heavy


def test_the_scripts_stay_in_their_budget() -> None:
    weight = weigh("*.js")

    assert weight <= MAX_SCRIPT_BYTES


def test_the_fonts_stay_in_their_budget() -> None:
    weight = weigh("*.woff2")

    assert 0 < weight <= MAX_FONT_BYTES


def test_the_style_sheet_asks_only_for_files_that_lie_beside_it() -> None:
    addresses = re.findall(r"url\([\"']?([^\"')]+)", STYLE_SHEET.read_text(encoding="utf-8"))

    missing = [address for address in addresses if not (STYLE_SHEET.parent / address).is_file()]

    assert addresses
    assert not missing


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_names_only_static_files_that_exist(template: Path) -> None:
    names = STATIC_TAG.findall(template.read_text(encoding="utf-8"))

    missing = [name for name in names if name.startswith("hub/") and not (STATIC_DIR / name).is_file()]

    assert not missing


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_holds_no_inline_style_or_script(template: Path) -> None:
    found = INLINE.search(template.read_text(encoding="utf-8"))

    assert found is None


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_fetches_nothing_from_another_host(template: Path) -> None:
    found = FOREIGN.search(template.read_text(encoding="utf-8"))

    assert found is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", TEXT_COLOURS)
def test_text_can_be_read_on_each_ground(scheme: str, ground: str, colour: str) -> None:
    palette = dict(palettes())[scheme]

    ratio = contrast(palette[colour], palette[ground])

    assert ratio >= MIN_TEXT_CONTRAST


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_can_be_seen_on_each_ground(scheme: str, ground: str) -> None:
    palette = dict(palettes())[scheme]

    ratio = contrast(palette["edge"], palette[ground])

    assert ratio >= MIN_EDGE_CONTRAST


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_marked_word_can_be_read(scheme: str) -> None:
    palette = dict(palettes())[scheme]

    ratio = contrast(palette["ink"], palette["mark"])

    assert ratio >= MIN_TEXT_CONTRAST


@pytest.mark.parametrize("ground", ["", "-dark"])
@pytest.mark.parametrize(("language", "name"), [("bg", "Европейски съюз"), ("en", "European Union")])
def test_the_emblem_has_its_official_shape_and_colours(language: str, name: str, ground: str) -> None:
    emblem = (STATIC_DIR / "hub" / "icons" / f"eu-{language}{ground}.svg").read_text(encoding="utf-8")

    stars = re.search(r'fill="#fc0" d="([^"]+)"', emblem)

    assert '<path fill="#039" d="M0 0h90v60H0z"/>' in emblem
    assert stars is not None
    assert stars.group(1).count("M") == 12
    assert f"<title>{name}</title>" in emblem
