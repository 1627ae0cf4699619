"""The ground's models, by their public names."""

from .accessibility import AccessibilityPage
from .base import HubPage, RoutedHubPage, open_pages, open_versions
from .content import ContentPage
from .correspondence import VisitorMessage
from .events import EventIndexPage, EventPage
from .home import HomePage
from .media import Picture, PictureRendition
from .news import NewsIndexPage, NewsPage
from .organisations import Organisation, OrganisationDirectoryPage, OrganisationIndexPage
from .project import ProjectPage
from .readership import PageViewCount
from .sections import Section, SectionedPage
from .seeds import SeedMark
from .site_settings import FooterLink, SiteSettings
from .taxonomies import Country, Method, Municipality, ParticipationLevel, Term, Theme
from .users import User

__all__ = [
    "AccessibilityPage",
    "ContentPage",
    "Country",
    "EventIndexPage",
    "EventPage",
    "FooterLink",
    "HomePage",
    "HubPage",
    "Method",
    "Municipality",
    "NewsIndexPage",
    "NewsPage",
    "Organisation",
    "OrganisationDirectoryPage",
    "OrganisationIndexPage",
    "PageViewCount",
    "ParticipationLevel",
    "Picture",
    "PictureRendition",
    "ProjectPage",
    "RoutedHubPage",
    "Section",
    "SectionedPage",
    "SeedMark",
    "SiteSettings",
    "Term",
    "Theme",
    "User",
    "VisitorMessage",
    "open_pages",
    "open_versions",
]
