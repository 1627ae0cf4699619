"""The glossary's first entries, from `search/seed/glossary.toml`."""

from pathlib import Path

from hub.seeding import Planter, read
from search.models import GlossaryTerm

FOLDER = Path(__file__).parent / "seed"


def plant(planter: Planter) -> None:
    """Plant every term; each is a proposal until an editor confirms it."""
    for term in read(FOLDER / "glossary.toml")["terms"]:
        values = {
            "term_bg": term["bg"],
            "term_en": term["en"],
            "synonyms_bg": "\n".join(term.get("synonyms_bg", ())),
            "synonyms_en": "\n".join(term.get("synonyms_en", ())),
            "definition_bg": term.get("definition_bg", ""),
            "definition_en": term.get("definition_en", ""),
            "is_proposed": term.get("proposed", True),
        }
        planter.row(f"glossary/{term['slug']}", GlossaryTerm, {"slug": term["slug"]}, values)
