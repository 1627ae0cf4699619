"""The room's models, by their public names."""

from .case_study import CaseStudyIndexPage, CaseStudyPage
from .strategy import StrategyChapterPage, StrategyPage

__all__ = ["CaseStudyIndexPage", "CaseStudyPage", "StrategyChapterPage", "StrategyPage"]
