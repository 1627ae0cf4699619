"""The web manifest: what a telephone calls the hub when somebody keeps it on the first screen."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .mark import PAPER

THEME = "#f3efe6"  # the ground of the strip at the top, as in the head of each page


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer with the manifest in the language of the address."""
    language = get_language()
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
             ("icon-maskable-512.png", "512x512", "maskable")]  # fmt: skip
    data = {
        "id": f"/{language}/",
        "name": f"{gettext('Citizen Participation')} – {gettext('Knowledge hub of the South-East region')}",
        "short_name": gettext("Citizen Participation"),
        "lang": language,
        "dir": "ltr",
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": THEME,
        "icons": [
            {"src": static(f"hub/icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    return JsonResponse(data, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
