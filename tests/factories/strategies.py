"""The least strategies and case studies that a test can have."""

from typing import Any

from wagtail.models import Page

from strategies.models import CaseStudyIndexPage, CaseStudyPage, StrategyChapterPage, StrategyPage
from tests.factories.hub import add_page


def make_strategy(home: Page, **values: Any) -> StrategyPage:
    """Publish a strategy without chapters."""
    return add_page(home, StrategyPage, **{"title": "Стратегия", **values})


def make_chapter(strategy: StrategyPage, number: int, **values: Any) -> StrategyChapterPage:
    """Publish a chapter."""
    return add_page(strategy, StrategyChapterPage, **{"title": f"Глава {number}", "number": number, **values})


def make_case(home: Page, **values: Any) -> CaseStudyPage:
    """Publish a case study."""
    index = CaseStudyIndexPage.objects.child_of(home).first() or add_page(home, CaseStudyIndexPage, title="Казуси")
    return add_page(index, CaseStudyPage, **{"situation": "<p>Какво се случи.</p>", **values})


def measure(code: str, title: str = "Мярка", **values: str) -> tuple[str, dict[str, str]]:
    """Return a measure as a stream takes it."""
    parts = {"text": "", "responsible": "", "period": "", "indicator": "", "status": "planned"}
    return "measure", {"code": code, "title": title, **parts, **values}
