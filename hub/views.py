"""The site's own answers: health, robots, errors, pictures, and the admin's catalogue of messages."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve
from wagtail.admin.localization import get_localized_response

from hub import health

# Where Wagtail keeps pictures and their renditions, under MEDIA_ROOT.
PICTURE_FOLDERS = ("images/", "original_images/")

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database, index and storage can serve visitors; 503 where one cannot."""
    states = health.examine()
    is_ready = all(state.is_ok for state in states)
    if not is_ready:
        logger.error("Not ready", extra={"states": {state.name: state.detail for state in states}})
    body = {
        "status": "ok" if is_ready else "failing",
        "checks": {state.name: {"ok": state.is_ok, "detail": state.detail} for state in states},
    }
    return JsonResponse(body, status=200 if is_ready else 503)


@require_safe
@cache_control(max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave out (admin, accounts, the endless combinations of filters) and where all pages are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/account/",
        "Disallow: /*?*&",
    ]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


# Wagtail's own two forms of signing in know neither the second factor nor the lockout.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture where no web server does so before us; what lies beside the pictures is nobody's business."""
    if not path.startswith(PICTURE_FOLDERS):
        raise Http404(path)
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address in the language that the address names, or the visitor's own."""
    first = request.path.split("/")[1]
    language = first if first in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
    with translation.override(language):
        return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token, or a method that a page does not have."""
    logger.warning("A request was refused", extra={"path": request.path, "reason": reason})
    return render(None, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours in both languages, without asking the database for anything."""
    return render(None, "500.html", status=500)


class AdminCatalogue(JavaScriptCatalog):
    """The messages of the admin's scripts, with our own Bulgarian where Wagtail or its translation editor has none."""

    packages = ["wagtail.admin", "wagtail_localize"]

    def get_paths(self, packages: list[str]) -> list[str]:
        """Return the folders of catalogues, ours last, so that it wins."""
        return [*super().get_paths(packages), str(settings.PROJECT_DIR / "hub" / "locale_wagtail")]


@never_cache
def admin_catalogue(request: HttpRequest) -> HttpResponse:
    """Serve the catalogue in the language that its reader chose for the admin, whatever the browser asks for."""
    response: HttpResponse = get_localized_response(AdminCatalogue.as_view(), request)
    return response
