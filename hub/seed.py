"""The ground's first content, from `hub/seed/`: vocabularies and the pages that belong to no room."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import LocaleSynchronization

from hub import models as hub
from hub.groups import plant_groups
from hub.seeding import PageSeed, Planter, body, find_page, read, stream

FOLDER = Path(__file__).parent / "seed"


def plant(planter: Planter) -> None:
    """Plant what all rooms stand on: groups, languages, vocabularies, the home pages."""
    plant_groups()
    _plant_languages()
    _plant_vocabularies(planter, read(FOLDER / "taxonomies.toml"))
    _plant_home(planter)


def plant_sections(planter: Planter) -> None:
    """Plant the ground's pages, after the rooms' own, in the order of the menu."""
    _plant_index(planter, "organisations", hub.OrganisationIndexPage)
    for path in sorted((FOLDER / "organisations").glob("*.toml")):
        _plant_directory(planter, read(path))
    planter.page(project_seed(read(FOLDER / "project.toml")))
    _plant_dated_pages(planter)
    for path in sorted((FOLDER / "pages").glob("*.toml")):
        data = read(path)
        planter.page(_text_page(f"pages/{data['slug']}", hub.ContentPage, "home", data))
    if not isinstance(find_page("pages/accessibility"), hub.ContentPage):  # as it was planted at first: left as it is
        planter.page(_accessibility(read(FOLDER / "accessibility.toml")))
    _plant_settings(planter, read(FOLDER / "settings.toml"))
    # Last: from now on the English tree follows the Bulgarian one.
    languages = {locale.language_code: locale for locale in Locale.objects.all()}
    LocaleSynchronization.objects.get_or_create(locale=languages["en"], defaults={"sync_from": languages["bg"]})


def _plant_languages() -> None:
    """Make both languages known."""
    for code, _ in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def _plant_vocabularies(planter: Planter, data: dict[str, Any]) -> None:
    """Plant a row for each term."""
    extra: dict[str, tuple[type[hub.Term], list[str]]] = {
        "themes": (hub.Theme, []),
        "methods": (hub.Method, []),
        "levels": (hub.ParticipationLevel, ["promise_bg", "promise_en"]),
        "countries": (hub.Country, ["code"]),
        "municipalities": (hub.Municipality, ["code", "district_bg", "district_en"]),
    }
    for name, (model, fields) in extra.items():
        for number, term in enumerate(data[name]):
            values = {
                "name_bg": term["bg"],
                "name_en": term["en"],
                "order": number,
                "is_proposed": term.get("proposed", False),
            }
            values |= {field: term[field] for field in fields}
            if name == "municipalities":
                values["is_member"] = term["member"]
            planter.row(f"{name}/{term['slug']}", model, {"slug": term["slug"]}, values)


def _plant_home(planter: Planter) -> None:
    """Plant the home page in both languages and make it the site's root."""
    data = read(FOLDER / "home.toml")
    planter.page(
        PageSeed(
            key="home", model=hub.HomePage, parent="", slug="home-en", bulgarian=_home_texts(data["bg"]),
            english=_home_texts(data["en"]),
        )
    )  # fmt: skip
    home = find_page("home")
    site = Site.objects.filter(is_default_site=True).first()
    if home is None or (site and site.root_page_id == home.pk):
        return
    welcome = site.root_page if site else None
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = site or Site(is_default_site=True)
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.hostname, site.port = (
        address.hostname or "localhost",
        address.port or (443 if address.scheme == "https" else 80),
    )
    site.save()
    if welcome and welcome.specific_class is Page:  # the page that Wagtail's migrations make
        welcome.delete()


def _plant_index(planter: Planter, key: str, model: type[Page]) -> None:
    """Plant a page that is the way to others."""
    own = read(FOLDER / "indexes.toml")[key]
    shared = {"show_in_menus": own.get("in_menus", False)}
    planter.page(PageSeed(key, model, "home", own["slug"], bulgarian=own["bg"], english=own["en"], shared=shared))


def _plant_dated_pages(planter: Planter) -> None:
    """Plant news and events."""
    _plant_index(planter, "news", hub.NewsIndexPage)
    for path in sorted((FOLDER / "news").glob("*.toml")):
        data = read(path)
        planter.page(_text_page(f"news/{data['slug']}", hub.NewsPage, "news", data, date=data["date"]))
    _plant_index(planter, "events", hub.EventIndexPage)
    for path in sorted((FOLDER / "events").glob("*.toml")):
        data = read(path)
        shared = {
            "starts_at": data["start"],
            "ends_at": data["end"],
            "municipality": _municipality(data["municipality"]),
        }
        planter.page(_text_page(f"events/{data['slug']}", hub.EventPage, "events", data, "venue", "address", **shared))


def _plant_directory(planter: Planter, data: dict[str, Any]) -> None:
    """Plant the rows of a directory, then its page."""
    municipality = _municipality(data["municipality"])
    for row in data["organisations"]:
        values = {
            "municipality": municipality, "consent_recorded": row.get("consent", False), "is_sample": True,
            **{name: row.get(name, "") for name in ("name_bg", "name_en", "field_bg", "field_en", "settlement_bg",
                                                    "settlement_en", "contact_email", "contact_url")},
        }  # fmt: skip
        planter.row(f"organisation/{row['key']}", hub.Organisation, {"key": row["key"]}, values,
                    many={"themes": hub.Theme.objects.named(row["themes"])})  # fmt: skip
    key = f"organisations/{data['slug']}"
    planter.page(_text_page(key, hub.OrganisationDirectoryPage, "organisations", data, municipality=municipality))


def _plant_settings(planter: Planter, data: dict[str, Any]) -> None:
    """Plant the settings of the site and the links of its footer."""
    site = Site.objects.get(is_default_site=True)
    values = {
        f"{name}_{language}": data[language].get(name, "")
        for name in ("organisation", "address", "funding_statement")
        for language in ("bg", "en")
    }
    values |= {"contact_email": data["bg"].get("email", ""), "phone": data["bg"].get("phone", "")}
    planter.row("settings", hub.SiteSettings, {"site": site}, values)
    own = hub.SiteSettings.for_site(site)
    if not own.footer_links.exists():
        for order, slug in enumerate(("about", "contact", "privacy", "accessibility")):
            if page := find_page(f"pages/{slug}"):
                hub.FooterLink.objects.create(settings=own, page=page, sort_order=order)


def project_seed(data: dict[str, Any]) -> PageSeed:
    """Return the seed of the project from its file's data."""
    pages = [find_page(f"files/{slug}") for slug in data["reports"]]
    return PageSeed(
        key="project",
        model=hub.ProjectPage,
        parent="home",
        slug=data["slug"],
        bulgarian=_project_texts(data, "bg"),
        english=_project_texts(data, "en"),
        shared={
            "starts_on": data["start"], "ends_on": data["end"], "budget_amount": data["budget_amount"],
            "budget_currency": data["budget_currency"], "show_in_menus": True,
            "reports": stream("project/reports", [("publication", page.pk) for page in pages if page]),
        },
    )  # fmt: skip


def _project_texts(data: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the project's translated fields in one language."""
    own = data[language]
    activities = [
        {"title": activity[f"{language}_title"], "text": activity[f"{language}_text"], "state": activity["state"]}
        for activity in data["activities"]
    ]
    points = ("needs", "target_groups", "expected_results")
    return {
        **{
            name: own[name]
            for name in ("title", "official_name", "summary", "beneficiary", "partners", "funding_statement")
        },
        **{name: data[f"{name}_{language}"] for name in ("programme", "fund")},
        **{name: stream(f"project/{name}", [("point", point) for point in own[name]]) for name in points},
        "body": body("project/body", own["body"]),
        "activities": stream("project/activities", [("activity", activity) for activity in activities]),
    }


def _text_page(key: str, model: type[Page], parent: str, data: dict[str, Any], *lines: str, **shared: Any) -> PageSeed:
    """Return the seed of a page with title, summary, body and the named lines."""
    texts = {
        language: {
            **{name: data[language].get(name, "") for name in ("title", "summary", *lines)},
            "body": body(f"{key}/body", data[language]["body"]),
        }
        for language in ("bg", "en")
    }
    return PageSeed(
        key=key,
        model=model,
        parent=parent,
        slug=data["slug"],
        bulgarian=texts["bg"],
        english=texts["en"],
        shared=shared,
    )


def _accessibility(data: dict[str, Any]) -> PageSeed:
    """Return the seed of the accessibility statement."""
    key = "pages/accessibility"
    texts = {
        language: {
            **{name: data[language][name] for name in ("title", "summary", "enforcement")},
            **{name: body(f"{key}/{name}", data[language][name]) for name in ("limits", "measures")},
        }
        for language in ("bg", "en")
    }
    shared = {"prepared_on": data["prepared_on"]}
    return PageSeed(key, hub.AccessibilityPage, "home", data["slug"], texts["bg"], texts["en"], shared)


def _home_texts(own: dict[str, Any]) -> dict[str, Any]:
    """Return the home page's fields in one language."""
    examples = stream("home/examples", [("query", query) for query in own["search_examples"]])
    return {**{name: own[name] for name in ("title", "headline", "lead")}, "search_examples": examples}


def _municipality(code: str) -> models.Model:
    """Return the municipality with this code."""
    return hub.Municipality.objects.get(code=code)
