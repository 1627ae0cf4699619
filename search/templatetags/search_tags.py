"""What other rooms' pages show of finding."""

import copy
import re
from collections.abc import Sequence
from urllib.parse import unquote, urlencode

from django import template
from django.http import QueryDict
from django.template import RequestContext

from hub.readers import is_reader
from search.finder import Finder, ShownHit, find_in
from search.forms import MissedForm

register = template.Library()

_WORDS_OF_AN_ADDRESS = 6
_NO_WORD = re.compile(r"^(.{1,2}|\d{1,3}|html?|php|aspx?|index)$", re.IGNORECASE)


@register.simple_tag(takes_context=True)
def finder(context: RequestContext, kind: str = "") -> Finder:
    """Return the finder of this request, preset to a kind: `{% finder kind="practice" as results %}`."""
    return find_in(context["request"], kind)


@register.simple_tag(takes_context=True)
def missed_form(context: RequestContext, query: str) -> MissedForm:
    """Return the form in which a visitor says what was not found by a query."""
    return MissedForm(request=context["request"], initial={"q": query})


@register.simple_tag(takes_context=True)
def near_address(context: RequestContext, count: int) -> Sequence[ShownHit]:
    """Return what is found by the words of an address that there is not; nothing for robots, which try thousands."""
    request = context["request"]
    parts = re.split(r"[^\w]+|_", unquote(request.path).partition("/")[2].partition("/")[2])
    words = [part for part in parts if part and not _NO_WORD.match(part)][-_WORDS_OF_AN_ADDRESS:]
    if not words or not is_reader(request):
        return ()
    asked = copy.copy(request)
    asked.GET = QueryDict(urlencode({"q": " ".join(words)}))
    return find_in(asked).hits[:count]
