"""The glossary as readers see it: the terms of their language by letter, each with an anchor of its own on the page."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.models import GlossaryTerm


@require_safe
@cache_control(public=True, max_age=300)
def terms(request: HttpRequest) -> HttpResponse:
    """Return the page of the glossary."""
    language = (get_language() or "bg")[:2]
    found = list(GlossaryTerm.objects.all())
    context = {
        "letters": by_letter(found, language),
        "other_language": "bg" if language == "en" else "en",
        "total": len(found),
        "has_proposals": any(term.is_proposed for term in found),
    }
    return render(request, "search/glossary.html", context)


def by_letter(found: Iterable[GlossaryTerm], language: str) -> list[tuple[str, list[GlossaryTerm]]]:
    """Return the terms under their first letters in the alphabet's order, those of another script at the end."""

    def place(term: GlossaryTerm) -> tuple[bool, str]:
        name = term.term_in(language).casefold()
        return (name[:1] < "а") is (language == "bg"), name

    ordered = sorted(found, key=place)
    return [
        (letter, list(group)) for letter, group in groupby(ordered, lambda term: term.term_in(language)[:1].upper())
    ]
