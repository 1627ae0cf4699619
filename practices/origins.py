"""Where a practice comes from, and how well it is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Whether a practice is from abroad or from a Bulgarian municipality."""

    INTERNATIONAL = "international", _("International")
    LOCAL = "local", _("Bulgarian")


class EvidenceGrade(models.TextChoices):
    """How well the results of a practice are evidenced, in the editors' judgement."""

    NONE = "0", _("No evidence given")
    SELF_REPORTED = "1", _("Self-reported by the organiser")
    DOCUMENTED = "2", _("Documented: outputs with a source")
    OBSERVED = "3", _("Observed by a third party")
    EVALUATED = "4", _("Formally evaluated, method stated")


class CostCurrency(models.TextChoices):
    """The currencies in which the described practices were paid for."""

    EUR = "EUR", _("euro")
    BGN = "BGN", _("leva")
    USD = "USD", _("US dollars")
    GBP = "GBP", _("pounds sterling")
    ISK = "ISK", _("Icelandic krónur")
    AUD = "AUD", _("Australian dollars")
    PLN = "PLN", _("złoty")
    CHF = "CHF", _("Swiss francs")
