"""What a page says of itself in the words of schema.org: a block of JSON-LD for search engines."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

# As `json_script` of Django does: nothing in the data can end the element that holds it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

Absolute = Callable[[str], str]


class DataBlock:
    """Data as the content of a script element."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __html__(self) -> str:
        """Return JSON in which no sign means anything to HTML."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"), default=_text).translate(_ESCAPES)


def script(*things: dict[str, Any]) -> SafeString:
    """Return the script element with these things; what is empty in them is left out."""
    graph = [_without_empty(thing) for thing in things if thing]
    data = DataBlock({"@context": "https://schema.org", "@graph": graph})
    return format_html('<script type="application/ld+json">{}</script>', data)


def organisation(site_settings: Any, absolute: Absolute) -> dict[str, Any]:
    """Return the association that publishes the hub, from the settings of the site."""
    return {
        "@type": "GovernmentOrganization",
        "@id": absolute("/#organisation"),
        "name": site_settings.organisation,
        "address": site_settings.address,
        "email": site_settings.contact_email,
        "telephone": site_settings.phone,
        "url": absolute("/"),
    }


def breadcrumb_list(steps: list[tuple[str, str]], absolute: Absolute) -> dict[str, Any]:
    """Return the way to a page: names and addresses from the home page on, the page itself last."""
    if len(steps) < 2:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(url)}
            for number, (name, url) in enumerate(steps, 1)
        ],
    }


def _without_empty(value: Any) -> Any:
    """Return a thing without its empty values, at every depth."""
    if isinstance(value, dict):
        return {name: kept for name, own in value.items() if (kept := _without_empty(own)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(own) for own in value]
    return value


def _text(value: Any) -> str:
    """Return what JSON has no form for: dates in theirs, and texts in the language of the moment."""
    if isinstance(value, Promise):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no form in JSON")
