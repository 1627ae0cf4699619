"""The room's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hub.searchable import register_kind


class StrategiesConfig(AppConfig):
    """Makes the room's kinds of find and its first content known."""

    name = "strategies"
    verbose_name = _("Strategies")

    def ready(self) -> None:
        """Register the kinds and the seed."""
        from hub.seeding import register  # noqa: PLC0415
        from strategies import seed  # noqa: PLC0415 - models must be loaded first

        register_kind("strategy", label=_("Strategy"), plural=_("Strategies"))
        register_kind("chapter", label=_("Chapter of the strategy"), plural=_("Chapters of the strategy"))
        register_kind("case", label=_("Case study"), plural=_("Case studies"))
        register("strategy", seed.plant_strategy, order=20)
        register("case studies", seed.plant_cases, order=50)
