"""The first practices, from `practices/seed/*.toml`."""

from pathlib import Path
from typing import Any

from hub.models import Country, Method, Municipality, ParticipationLevel, Theme
from hub.seeding import PageSeed, Planter, find_page, read, rich_text, sources, stream
from practices.models import SECTIONS, PracticeIndexPage, PracticePage

FOLDER = Path(__file__).parent / "seed"
_TEXTS = [name for name, _, _ in SECTIONS]
_LINES = ["title", "place", "summary", "period_note", "organiser", "legal_basis", "cost_note"]


def plant_index(planter: Planter) -> None:
    """Plant the list of practices."""
    index = read(FOLDER / "index.toml")
    planter.page(
        PageSeed(
            key="practices", model=PracticeIndexPage, parent="home", slug="practices",
            bulgarian=index["bg"], english=index["en"], shared={"show_in_menus": True},
        )
    )  # fmt: skip


def plant(planter: Planter) -> None:
    """Plant every practice of the folder."""
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != "index.toml":
            planter.page(practice_seed(read(path)))


def practice_seed(data: dict[str, Any]) -> PageSeed:
    """Return the seed of a practice from its file's data."""
    key = f"practices/{data['slug']}"
    municipality = Municipality.objects.get(code=data["municipality"]) if data.get("municipality") else None
    pages = [find_page(f"files/{slug}") for slug in data.get("publications", [])]
    return PageSeed(
        key=key,
        model=PracticePage,
        parent="practices",
        slug=data["slug"],
        bulgarian=_texts(key, data, "bg"),
        english=_texts(key, data, "en"),
        shared={
            "origin": data["origin"],
            "country": Country.objects.get(code=data["country"]),
            "municipality": municipality,
            "level": ParticipationLevel.objects.get(slug=data["level"]),
            "evidence": data["evidence"],
            "year_start": data.get("year_start"),
            "year_end": data.get("year_end"),
            "cost_amount": data.get("cost", {}).get("amount"),
            "cost_currency": data.get("cost", {}).get("currency", "EUR"),
            "publications": stream(f"{key}/publications", [("publication", page.pk) for page in pages if page]),
        },
        many={
            "themes": Theme.objects.named(data["themes"]),
            "methods": Method.objects.named(data["methods"]),
        },
    )


def _texts(key: str, data: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the values of the translated fields in one language."""
    own = data[language]
    figures = [
        {"figure": figure[f"value_{language}"], "meaning": figure[language], "source": figure.get("source")}
        for figure in data.get("figures", [])
    ]
    return {
        **{name: own.get(name, "") for name in _LINES},
        **{name: rich_text(own.get(name, "")) for name in _TEXTS},
        "figures": stream(f"{key}/figures", [("result", figure) for figure in figures]),
        "sources": sources(key, data, language),
    }
