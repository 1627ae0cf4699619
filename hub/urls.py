"""All addresses of the site; the rooms' own are named as strings."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from hub import views
from hub.correspondence import views as correspondence
from hub.machines import cards, feeds, llms, manifest, markdown, sitemap

handler404 = "hub.views.not_found"
handler500 = "hub.views.server_error"

urlpatterns = [
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("llms.txt", llms.llms, name="llms"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:language>-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("cards/<int:page_id>-<slug:digest>.png", cards.share_card, name="share_card"),
    path("admin/jsi18n/", views.admin_catalogue, name="admin_catalogue"),
    path("admin/localize/jsi18n/", views.admin_catalogue),
    path("admin/login/", views.sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include("files.urls")),
    path("media/<path:path>", views.media, name="media"),
]

urlpatterns += i18n_patterns(
    path("search/", include("search.urls")),
    path("glossary/", include("search.glossary_urls")),
    path("files/", include("files.page_urls")),
    path("account/", include("allauth.urls")),
    path("_util/login/", views.sign_in),
    path("write/feedback/", correspondence.vote, name="vote"),
    path("write/feedback/<str:token>/", correspondence.feedback, name="feedback"),
    path("write/sent/", correspondence.sent, name="message_sent"),
    path("write/<slug:kind>/", correspondence.write, name="write"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/all.xml", feeds.everything, name="feed_of_everything"),
    path("feeds/<slug:facet>/<slug:slug>.xml", feeds.feed, name="feed"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    re_path(r"^((?:[\w-]+/)*)index\.md$", markdown.page_as_markdown, name="markdown"),
    path("", include(wagtail_urls)),
)
