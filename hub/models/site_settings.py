"""What an administrator sets once for the whole site."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Site


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Contacts, the funding statement with its logos, and the links of the footer."""

    organisation_bg = models.CharField(_("organisation in Bulgarian"), max_length=250, blank=True)
    organisation_en = models.CharField(_("organisation in English"), max_length=250, blank=True)
    address_bg = models.CharField(_("address in Bulgarian"), max_length=250, blank=True)
    address_en = models.CharField(_("address in English"), max_length=250, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    funding_statement_bg = models.TextField(_("funding statement in Bulgarian"), blank=True)
    funding_statement_en = models.TextField(_("funding statement in English"), blank=True)
    programme_logo = models.ForeignKey(
        "hub.Picture", verbose_name=_("logo of the programme"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", help_text=_("Stands beside the emblem of the European Union and is never larger than it."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organisation_bg", "organisation_en", "address_bg", "address_en",
                                           "contact_email", "phone")],
            heading=_("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("funding_statement_bg", "funding_statement_en", "programme_logo")],
            heading=_("Funding"),
        ),
        InlinePanel("footer_links", heading=_("Links of the footer"), label=_("Link")),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("settings of the site")

    @classmethod
    def for_request(cls, request: HttpRequest) -> "SiteSettings":
        """Return the settings of the site that was asked; empty ones where none were saved: a visit writes nothing."""
        name = cls.get_cache_attr_name()
        known: SiteSettings | None = getattr(request, name, None)
        if known is None:
            site = Site.find_for_request(request)
            known = cls.base_queryset().filter(site=site).first() or cls(site=site)
            setattr(request, name, known)
        return known

    @property
    def organisation(self) -> str:
        """The organisation's name in the language of the moment."""
        return self._in_language("organisation")

    @property
    def address(self) -> str:
        """The address in the language of the moment."""
        return self._in_language("address")

    @property
    def funding_statement(self) -> str:
        """The funding statement in the language of the moment."""
        return self._in_language("funding_statement")

    def _in_language(self, name: str) -> str:
        """Return one of the two texts by the language of the moment."""
        language = "en" if (get_language() or "bg").startswith("en") else "bg"
        text: str = getattr(self, f"{name}_{language}")
        return text


class FooterLink(Orderable):
    """A page that the footer links to, in the reader's language."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("link of the footer")

    def __str__(self) -> str:
        return str(self.page)
