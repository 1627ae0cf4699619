"""The finder: a request in, all that a page of results shows out. Result pages and the rooms' lists are made of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hub.searchable import kinds
from search import facets, nearby
from search.asking import LANGUAGES, Wish
from search.engines import Answer, Sort
from search.fragments import ShownFragment, Wanted, fragments_of
from search.mixing import ask_both
from search.models import IndexedRecord
from search.placing import PAGE_SIZE, Mixed, Part, Way
from search.query import MAX_LENGTH, Reading, Remark, cut, parse
from search.rewriting import COMPLETION, Rewritten
from search.visibility import current_state

LITERAL = "literal"  # the parameter that asks for the words as they were typed
ONLY = "lang"  # the parameter that names the one language whose results are wanted

REMARKS: Mapping[Remark, str | Promise] = {
    Remark.SHORTENED: gettext_lazy("The question was very long. Only its first words were searched for."),
    Remark.ONLY_EXCLUDED: gettext_lazy(
        "You only said what the results should not hold. Add at least one word without a minus before it."
    ),
    Remark.ONLY_COMMON: gettext_lazy("These words stand in nearly every text. Add a word that says more."),
    Remark.NO_WORDS: gettext_lazy("There is no word to search for. Type at least one letter or digit."),
}


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as `components/hit.html` shows it."""

    key: str
    page_id: int | None  # the page behind it, for lists that show more of it than a hit does
    title: str
    url: str
    kind: str
    kind_label: str
    crumbs: Sequence[str]
    language: str
    fragments: Sequence[ShownFragment]
    way: Way = Way.WORDS  # how it comes to be on the list
    without: Sequence[str] = ()  # the words of the question that it does not hold

    @property
    def is_near(self) -> bool:
        """Whether it holds the words of the question only in part, or by others."""
        return self.way is Way.NEAR


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one language that stand together; the label says which, where the list holds several."""

    hits: Sequence[ShownHit]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many results it would leave, and the address that chooses it or lets it go."""

    facet: str
    value: str
    label: str
    count: int
    is_chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with its values."""

    name: str
    label: str
    choices: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        """Whether a value of it is chosen."""
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about these results, perhaps with a way out."""

    text: str
    url: str = ""
    link: str = ""
    language: str = ""


@dataclass(slots=True)
class Finder:
    """A page of results with everything around it."""

    query: str
    kind: str  # what the page is preset to; empty where everything is found
    sort: Sort
    total: int
    page_obj: "ResultPage[int]"
    hits: Sequence[ShownHit] = ()
    near: Sequence[ShownHit] = ()  # what holds a part of the words, where few hits hold all; not counted
    shown: Sequence[ShownHit] = ()  # both in the order of the page
    facets: Sequence[ShownFacet] = ()
    notices: list[Notice] = field(default_factory=list)
    sorts: Sequence[Choice] = ()
    languages: Sequence[Choice] = ()  # both, or one of them alone; empty where there is nothing to choose
    themes: Sequence[Choice] = ()  # a way on where nothing was found
    clear_url: str = ""
    is_missing_page: bool = False
    was_asked: bool = True  # whether there was anything to look for
    in_full: int = 0  # results that hold all the words
    only: str = ""  # the one language whose results are wanted
    is_literal: bool = False  # whether the words are wanted as they were typed

    @property
    def chosen(self) -> list[Choice]:
        """The chosen values of all facets; the address of each lets it go."""
        return [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @property
    def groups(self) -> list[Group]:
        """The hits in their order, parted where the language changes."""
        parted = [list(hits) for _, hits in groupby(self.shown, key=_group)]
        if len(parted) == 1 and _group(parted[0][0])[0] is Way.WORDS:
            return [Group(parted[0])]
        return [Group(hits, str(_group_label(hits[0]))) for hits in parted]

    @property
    def status(self) -> int:
        """The status code that tells the truth: a page that is not there is not found."""
        return 404 if self.is_missing_page else 200


def find_in(request: HttpRequest, kind: str = "") -> Finder:
    """Return what a request asks for, in the reader's language; with a kind, among the records of that kind alone."""
    return _Finding(request, kind).finder()


class _Finding:
    """A request on its way to its results."""

    def __init__(self, request: HttpRequest, kind: str) -> None:
        _shorten(request)
        self.request, self.kind = request, kind
        self.language = (get_language() or "bg")[:2]
        self.query = parse(request.GET.get("q", ""))
        self.state = current_state()
        self.labels = facets.labels(self.state.token)
        self.filters = {facet.name: values for facet in facets.registered() if (values := self._chosen(facet))}
        self.sort = Sort.DATE if request.GET.get("sort") == Sort.DATE else Sort.RELEVANCE
        self.number = _number(request.GET.get("page", ""))
        self.is_literal = LITERAL in request.GET
        self.only = only if (only := request.GET.get(ONLY, "")) in LANGUAGES and self.query.text else ""

    def finder(self) -> Finder:
        """Ask, and dress up what was found."""
        preset = {"kind": (self.kind,)} if self.kind else {}
        wish = Wish(
            filters={**self.filters, **preset},
            preset=preset,
            sort=self.sort,
            offset=(self.number - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
            is_literal=self.is_literal,
            only=self.only or (self.language if self.kind else ""),
        )
        mixed = ask_both(self.query, self.language, wish, self.state)
        found = mixed.leading.found
        notices = [Notice(str(REMARKS[remark])) for remark in found.reading.remarks]
        if found.rewritten:
            notices.append(self._rewritten_notice(found.rewritten))
        if found.answer.dropped and found.answer.total:
            notices.append(self._dropped_notice(found.answer))
        if self.kind and self.query.text:
            notices.append(self._everywhere_notice())
        return self._dressed(mixed, notices)

    def _dressed(self, mixed: Mixed, notices: list[Notice]) -> Finder:
        """Return what was found as the templates show it."""
        paginator = Paginator(range(mixed.total), PAGE_SIZE)
        reading = mixed.leading.found.reading
        shown = _shown_hits(mixed)
        return Finder(
            query=self.query.text,
            kind=self.kind,
            sort=self.sort,
            total=mixed.total,
            page_obj=paginator.page(min(self.number, paginator.num_pages)),
            hits=[hit for hit in shown if hit.way is not Way.NEAR],
            near=[hit for hit in shown if hit.way is Way.NEAR],
            shown=shown,
            themes=self._themes(mixed.leading) if not mixed.total else (),
            facets=[one for facet in facets.registered() if (one := self._facet(facet, mixed.facets)).choices],
            notices=notices,
            sorts=self._sorts(reading),
            languages=self._languages(mixed),
            clear_url=self._address(**dict.fromkeys(self.filters)),
            is_missing_page=self.number > paginator.num_pages,
            was_asked=reading.can_be_asked or not self.query.text,
            in_full=mixed.total if mixed.leading.found.is_full else 0,
            only=self.only,
            is_literal=self.is_literal,
        )

    def _themes(self, leading: Part) -> list[Choice]:
        """Return the themes that lead on where nothing was found, each with the number of its records."""
        found = nearby.themes(leading.found.reading, self.language, self.labels.get("theme", {}), self.state)
        address = reverse("search:results")
        return [
            Choice("theme", value, label, count, is_chosen=False, url=f"{address}?{urlencode({'theme': value})}")
            for value, label, count in found
        ]

    def _chosen(self, facet: facets.Facet) -> tuple[str, ...]:
        """Return the values of a facet that the address names, those it does not know left aside."""
        if facet.name == "kind" and self.kind:
            return ()
        values = dict.fromkeys(self.request.GET.getlist(facet.name)[: facets.MAX_CHOSEN])
        return tuple(value for value in values if facets.label_of(facet, value, self.labels) is not None)

    def _facet(self, facet: facets.Facet, counted: Mapping[str, Mapping[str, int]]) -> ShownFacet:
        """Return a facet with the values that results have, and those that are chosen."""
        counts, chosen = counted.get(facet.name, {}), self.filters.get(facet.name, ())
        order = (
            list(self.labels.get(facet.name, ())) if facet.pattern is None else sorted({*counts, *chosen}, reverse=True)
        )
        choices = []
        for value in order:
            label = facets.label_of(facet, value, self.labels)
            if label is None or not (counts.get(value) or value in chosen):
                continue
            others = [other for other in chosen if other != value] if value in chosen else [*chosen, value]
            url = self._address(**{facet.name: others})
            choices.append(Choice(facet.name, value, label, counts.get(value, 0), value in chosen, url))
        is_preset = facet.name == "kind" and bool(self.kind)
        return ShownFacet(facet.name, str(facet.label), () if is_preset else choices)

    def _sorts(self, reading: Reading) -> list[Choice]:
        """Return the orders one may choose; without words there is but one."""
        if not reading.clauses:
            return []
        names = {Sort.RELEVANCE: _("Best match"), Sort.DATE: _("Newest")}
        return [
            Choice("sort", sort, name, 0, sort is self.sort, self._address(sort=[sort] if sort is Sort.DATE else None))
            for sort, name in names.items()
        ]

    def _address(self, **changes: Sequence[str] | None) -> str:
        """Return the address of these results with some parameters changed, from its first page on."""
        query = self._query(**changes)
        return f"{self.request.path}?{query}" if query else self.request.path

    def _query(self, **changes: Sequence[str] | None) -> str:
        """Return the parameters of these results with some changed, without the page."""
        parts = {**self._parameters, **{name: _encoded(name, values or ()) for name, values in changes.items()}}
        return "&".join(filter(None, parts.values()))

    @cached_property
    def _parameters(self) -> Mapping[str, str]:
        """The parameters of these results as they stand in an address; dozens of links repeat them."""
        parts = {name: _encoded(name, values) for name, values in self.request.GET.lists() if name != "page"}
        return {**parts, "q": _encoded("q", [self.query.text] if self.query.text else ())}

    def _rewritten_notice(self, other: Rewritten) -> Notice:
        """Say that another reading was searched for, with the way to the typed one."""
        if other.rewriting == COMPLETION:
            text = _("Words that begin like the last one were searched for too.")
        else:
            text = _("Showing results for “%(query)s”.") % {"query": other.query.text}
        link = _("Search instead for “%(query)s”") % {"query": self.query.text}
        return Notice(text, self._address(**{LITERAL: ["1"]}), link)

    def _dropped_notice(self, answer: Answer) -> Notice:
        """Say which words were left aside."""
        words = ", ".join(
            clause.text if clause.phrase else _("“%(word)s”") % {"word": clause.text} for clause in answer.dropped
        )
        return Notice(_("Nothing holds all the words. Left aside: %(words)s.") % {"words": words})

    def _everywhere_notice(self) -> Notice:
        """Offer the page of results to who asks a list, which holds the reader's language alone."""
        query = self._query(kind=[self.kind])
        return Notice("", f"{reverse('search:results')}?{query}", _("Search in both languages"))

    def _languages(self, mixed: Mixed) -> list[Choice]:
        """Return the ways to see both languages or one of them, where both have something or one was chosen."""
        if (
            self.kind
            or not self.query.text
            or (all(part.language == mixed.leading.language for part in mixed.parts) and not self.only)
        ):
            return []
        names = {"": _("Both languages"), "bg": _("Only in Bulgarian"), "en": _("Only in English")}
        return [
            Choice(ONLY, value, name, 0, value == self.only, self._address(**{ONLY: [value] if value else None}))
            for value, name in names.items()
        ]


def _shorten(request: HttpRequest) -> None:
    """Cut an endless query in the address, which every link of the page would repeat."""
    query = request.GET.get("q", "")
    if len(query) > MAX_LENGTH:
        changed = request.GET.copy()
        changed["q"] = cut(query)
        request.GET = changed  # type: ignore[assignment]  # a copy, as mutable as a query string can be
        request.META["QUERY_STRING"] = changed.urlencode()


def _encoded(name: str, values: Iterable[str]) -> str:
    """Return a parameter with all its values as it stands in an address."""
    return urlencode([(name, value) for value in values])


def _number(text: str) -> int:
    """Return a page number; anything that is none is the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _group(hit: ShownHit) -> tuple[Way, str]:
    """Return what a hit has in common with those it stands together with."""
    if hit.way is Way.NEAR:
        return Way.WORDS, hit.language
    return hit.way, "" if hit.way is Way.CHOSEN else hit.language


def _group_label(hit: ShownHit) -> str | Promise:
    """Return what hits of this language, found in this way, are called."""
    is_english = hit.language == "en"
    match hit.way:
        case Way.CHOSEN:
            return _("Chosen by the editors")
        case Way.MEANING if is_english:
            return _("In English, by the meaning of your words")
        case Way.MEANING:
            return _("In Bulgarian, by the meaning of your words")
        case _:
            return _("In English") if is_english else _("In Bulgarian")


def _shown_hits(mixed: Mixed) -> list[ShownHit]:
    """Return hits and near ones with their fragments; what has gone since the engine answered is left out."""
    keys: dict[int, list[str]] = defaultdict(list)
    for placed in mixed.shown:
        keys[id(placed.part)].append(placed.key)
    wanted = []
    for part in {id(placed.part): placed.part for placed in mixed.shown}.values():
        clauses = (mixed.leading if part.way is Way.CHOSEN else part).found.clauses
        wanted.append(Wanted(keys[id(part)], part.language, clauses))
    found = fragments_of(wanted) if wanted else {}
    return [
        replace(_shown_hit(*found[placed.key]), way=placed.part.way, without=placed.without)
        for placed in mixed.shown
        if placed.key in found
    ]


def _shown_hit(record: IndexedRecord, fragments: Sequence[ShownFragment]) -> ShownHit:
    """Return a hit; its link opens at the best passage where a word of the question stands in one."""
    best = next((one for one in fragments if any(is_match for _, is_match in one.parts)), None)
    kind = kinds.get(record.kind)
    return ShownHit(
        key=record.key,
        page_id=record.page_id,
        title=record.title,
        url=best.url if best else record.url,
        kind=record.kind,
        kind_label=str(kind.label) if kind else "",
        crumbs=record.breadcrumbs,
        language=record.language,
        fragments=fragments if best else fragments[:1],
    )
