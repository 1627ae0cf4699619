"""The terms of the glossary as findable things: one record in each language, opening at the term on its page."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext, override

from hub.searchable import Passage, Record
from search.models import GlossaryTerm

KIND = "term"
LANGUAGES = ("bg", "en")


class GlossarySource:
    """All terms that are in the glossary now."""

    prefix = KIND

    def keys(self) -> Iterable[str]:
        """Return the keys of every term in both languages."""
        return [key for pk in GlossaryTerm.objects.order_by().values_list("pk", flat=True) for key in keys_of(pk)]

    def records(self, keys: Iterable[str]) -> Iterator[Record]:
        """Yield the records of those keys whose terms there are."""
        wanted = [(int(pk), language) for _, pk, language in (key.split(":") for key in keys)]
        terms = GlossaryTerm.objects.in_bulk({pk for pk, _ in wanted})
        for pk, language in wanted:
            if pk in terms:
                with override(language):
                    yield _record(terms[pk], language)


def keys_of(pk: int) -> list[str]:
    """Return the keys of a term's records."""
    return [f"{KIND}:{pk}:{language}" for language in LANGUAGES]


def _record(term: GlossaryTerm, language: str) -> Record:
    """Return a term in one language, which is the language of the moment."""
    synonyms = ", ".join(term.synonyms_in(language))
    return Record(
        key=f"{KIND}:{term.pk}:{language}",
        language=language,
        kind=KIND,
        title=term.term,
        url=f"{reverse('glossary:terms')}#{term.slug}",
        summary=term.definition,
        breadcrumbs=(gettext("Glossary"),),
        translation_key=term.slug,
        passages=(Passage(synonyms, label=gettext("Synonyms")),) if synonyms else (),
    )
