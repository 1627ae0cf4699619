"""What other rooms' pages show of finding."""

from django import template
from django.template import RequestContext

from search.finder import Finder, find_in
from search.forms import MissedForm

register = template.Library()


@register.simple_tag(takes_context=True)
def finder(context: RequestContext, kind: str = "") -> Finder:
    """Return the finder of this request, preset to a kind: `{% finder kind="practice" as results %}`."""
    return find_in(context["request"], kind)


@register.simple_tag(takes_context=True)
def missed_form(context: RequestContext, query: str) -> MissedForm:
    """Return the form in which a visitor says what was not found by a query."""
    return MissedForm(request=context["request"], initial={"q": query})
