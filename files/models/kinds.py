"""What a publication is: a report, a strategy, a template."""

from django.utils.translation import gettext_lazy as _

from hub.models import Term


class PublicationKind(Term):
    """A kind of publication."""

    class Meta(Term.Meta):
        verbose_name = _("kind of publication")
        verbose_name_plural = _("kinds of publication")
