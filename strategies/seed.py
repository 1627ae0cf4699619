"""The first strategy and case study, from `strategies/seed/`."""

from pathlib import Path
from typing import Any

from hub.models import Municipality
from hub.seeding import PageSeed, Planter, body, find_page, read, rich_text, sources, stream
from strategies.models import CaseStudyIndexPage, CaseStudyPage, StrategyChapterPage, StrategyPage
from strategies.models.case_study import SECTIONS

FOLDER = Path(__file__).parent / "seed"


def plant_strategy(planter: Planter) -> None:
    """Plant the strategy with its chapters."""
    strategy = read(FOLDER / "strategy.toml")
    planter.page(
        PageSeed(
            key="strategy", model=StrategyPage, parent="home", slug=strategy["slug"], shared={"show_in_menus": True},
            bulgarian=_strategy_texts(strategy["bg"]), english=_strategy_texts(strategy["en"]),
        )
    )  # fmt: skip
    for path in sorted((FOLDER / "chapters").glob("*.toml")):
        planter.page(chapter_seed(read(path)))


def plant_cases(planter: Planter) -> None:
    """Plant the case study, after the practice that it goes deeper into."""
    index = read(FOLDER / "case-studies.toml")
    planter.page(
        PageSeed(
            key="cases", model=CaseStudyIndexPage, parent="home", slug="case-studies", bulgarian=index["bg"],
            english=index["en"], shared={"show_in_menus": True},
        )
    )  # fmt: skip
    planter.page(case_seed(read(FOLDER / "case-study.toml")))


def chapter_seed(data: dict[str, Any]) -> PageSeed:
    """Return the seed of a chapter from its file's data."""
    key = f"strategy/{data['slug']}"
    return PageSeed(
        key=key,
        model=StrategyChapterPage,
        parent="strategy",
        slug=data["slug"],
        bulgarian=_chapter_texts(key, data, "bg"),
        english=_chapter_texts(key, data, "en"),
        shared={"number": data["number"]},
    )


def case_seed(data: dict[str, Any]) -> PageSeed:
    """Return the seed of the case study from its file's data."""
    key = f"cases/{data['slug']}"
    code = data.get("municipality")
    return PageSeed(
        key=key,
        model=CaseStudyPage,
        parent="cases",
        slug=data["slug"],
        bulgarian=_case_texts(key, data, "bg"),
        english=_case_texts(key, data, "en"),
        shared={
            "municipality": Municipality.objects.get(code=code) if code else None,
            "practice": find_page(f"practices/{data['practice']}"),
            "year_start": data.get("year_start"),
            "year_end": data.get("year_end"),
        },
    )


def _strategy_texts(own: dict[str, Any]) -> dict[str, Any]:
    """Return the strategy's translated fields in one language."""
    lines = {name: own.get(name, "") for name in ("title", "official_name", "summary", "adopted_note")}
    return {**lines, "introduction": body("strategy/introduction", own["introduction"])}


def _chapter_texts(key: str, data: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a chapter's translated fields in one language: its text, then its measures."""
    own = data[language]
    measures = [
        {
            "code": measure["code"], "period": measure.get("period", ""), "status": measure["status"],
            **{name: measure.get(f"{name}_{language}", "") for name in ("title", "text", "responsible", "indicator")},
        }
        for measure in data.get("measures", [])
    ]  # fmt: skip
    return {
        "title": own["title"],
        "summary": own["summary"],
        "body": [
            *body(f"{key}/body", own["body"]),
            *stream(f"{key}/measures", [("measure", measure) for measure in measures]),
        ],
    }


def _case_texts(key: str, data: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the case study's translated fields in one language."""
    own = data[language]
    return {
        "title": own["title"],
        "summary": own["summary"],
        **{name: rich_text(own.get(name, "")) for name, _, _ in SECTIONS},
        "sources": sources(key, data, language),
    }
