"""What the components are shown with: for each template its states, each with a name and a context."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from hub.anonymous_forms import AnonymousForm
from hub.blocks import SourceBlock
from hub.charts import bar_chart
from hub.models import Municipality, Picture, SiteSettings, open_pages

Samples = dict[str, list[tuple[str, dict[str, Any]]]]

PRACTICE = {
    "title": "Младежки бюджет", "url": "#", "summary": "Учениците решават за какво отиват парите на общината.",
    "city_code": "SLV20", "place": "Сливен, България", "level_label": "Сътрудничество", "cost_label": "20 000 €",
    "period_label": "2019–2021",
}  # fmt: skip
DOCUMENT = {
    "title": "Доклад за участието", "url": "#", "date": datetime(2024, 5, 17, tzinfo=UTC), "kind_label": "Доклад",
    "language_label": "български", "format_label": "PDF", "extent_label": "18 страници", "size": 90_000,
}  # fmt: skip
HIT = {
    "title": "Обществено обсъждане на бюджета", "url": "#", "kind_label": "Практика", "crumbs": ["Практики"],
    "language": "bg",
    "fragments": [
        {"label": "стр. 14", "url": "#", "parts": [("Хората ", False), ("участват", True), (" в избора.", False)]}
    ],
}  # fmt: skip
NEWS = {"title": "Новина", "url": "#", "date": datetime(2026, 1, 5, tzinfo=UTC), "summary": "Какво стана."}
TEXTS = [{"title": "Резултати", "url": "#"}, {"title": "Източници", "url": "#"}]


class LetterSample(AnonymousForm):
    """A form with each kind of field."""

    text = forms.CharField(label="Съобщение", widget=forms.Textarea, help_text="Кратко и ясно.")
    kind = forms.ChoiceField(label="За какво", choices=[("a", "Грешка"), ("b", "Друго")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Искам отговор", required=False)
    email = forms.EmailField(label="Имейл", required=False)


def samples(request: HttpRequest, page: Page | None) -> Samples:
    """Return the states of each component; `page` is one that the site has, for those that speak of their page."""
    settings = SiteSettings.for_request(request)
    here = {"page": page, "request": request, "site": settings, "menu": TEXTS}
    members: list[Any] = list(Municipality.objects.filter(is_member=True))
    cities = [{"code": city.code, "name": city.name, "url": "#"} for city in members]
    source = SourceBlock()
    return {
        "components/bar_chart.html": [("", {"chart": bar_chart([("януари", 12), ("февруари", 31)]), "id": "chart",
                                            "title": "Прочитания", "label": "Прочитания"})],
        "components/breadcrumbs.html": [("", {**here, "page": _deepest(page)})],
        "components/contents.html": [("", {"items": TEXTS})],
        "components/document_item.html": [("", {"document": DOCUMENT}),
                                          ("само заглавие", {"document": {"title": "Доклад", "url": "#"}})],
        "components/event_item.html": [("", {"event": _event(next(iter(members), None))})],
        "components/feedback.html": [("", here), ("изглед, който не е страница", {**here, "address": "/bg/search/"})],
        "components/figure.html": [
            (name, {"value": value, "meaning": "месеца работа", "city": city, "source_number": None, "sources": None})
            for name, value, city in (("", "24", ""), ("дълго число", "87 657,14 лв.", "BGS04"))
        ],
        "components/footer.html": [("", here)],
        "components/form_fields.html": [("празен", {"form": LetterSample(request=request)}),
                                        ("с грешки", {"form": LetterSample({"email": "няма"}, request=request)})],
        "components/funding_strip.html": [("", here)],
        "components/header.html": [("", here), ("без търсене", {**here, "hide_header_search": True})],
        "components/hit.html": [("", {"hit": HIT}), ("на английски", {"hit": {**HIT, "language": "en"}})],
        "components/language_switch.html": [("", here)],
        "components/lead_picture.html": [("", {"page": SimpleNamespace(picture=Picture.objects.first())})],
        "components/mark.html": [("", {})],
        "components/news_item.html": [("", {"item": NEWS})],
        "components/notice.html": [(kind, {"kind": kind}) for kind in ("sample", "proposed", "translation")],
        "components/pagination.html": [("в средата", {"page_obj": Paginator(range(9), 3).page(2), "request": request})],
        "components/picture.html": [(caption, {"image": picture, "alt": "", "caption": caption})
                                    for picture in Picture.objects.all()[:1] for caption in ("Среща в квартала",)],
        "components/practice_item.html": [(place, {"practice": {**PRACTICE, "city_code": code, "place": place}})
                                          for code, place in (("SLV20", "Сливен, България"), ("", "Тарту, Естония"))],
        "components/practice_meta.html": [("", {"practice": PRACTICE})],
        "components/region.html": [("", {"cities": cities}), ("само рисунката", {})],
        "components/search_form.html": [("", {"id": "pattern-search", "query": "участие"})],
        "components/search_input.html": [],  # has its label from search_form.html, where it is seen
        "components/search_sign.html": [("", {})],
        "components/sources.html": [("", {"sources": [_Child(source, source.get_preview_value())]})],
    }  # fmt: skip


class _Child:
    """A block with its value, as a stream holds it."""

    def __init__(self, block: Any, value: Any) -> None:
        self.block, self.value, self.block_type = block, value, "source"

    def render_as_block(self, context: dict[str, Any] | None = None) -> str:
        """Return the block's HTML."""
        html: str = self.block.render(self.value, context=context)
        return html


def _deepest(page: Page | None) -> Page | None:
    """Return a page as far below another as there is one, for what the home page does not have."""
    below = open_pages(page.get_descendants()).order_by("-depth", "path").first() if page else None
    return below.specific if below else page


def _event(city: Municipality | None) -> dict[str, Any]:
    """Return an event as a list shows it."""
    return {
        "title": "Обсъждане на бюджета", "url": "#", "starts_at": timezone.now(), "venue": "Читалище „Зора“",
        "municipality": city,
    }  # fmt: skip
