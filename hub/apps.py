"""The hub's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """Loads the ground's receivers, checks, kinds and first content once the models are there."""

    name = "hub"
    verbose_name = _("Hub")

    def ready(self) -> None:
        """Connect the receivers, register the checks, the kinds and the seeds."""
        from hub import checks, seed, signal_handlers, ticking  # noqa: F401, PLC0415 - models must be loaded first
        from hub.correspondence.forgetting import forget_outlived  # noqa: PLC0415
        from hub.searchable import register_kind  # noqa: PLC0415
        from hub.seeding import register  # noqa: PLC0415

        register_kind("project", label=_("Project"), plural=_("Projects"))
        register_kind("directory", label=_("Directory"), plural=_("Directories"))
        register_kind("news", label=_("News item"), plural=_("News"))
        register_kind("event", label=_("Event"), plural=_("Events"))
        register_kind("page", label=_("Page"), plural=_("Pages"))
        ticking.register("messages to forget", forget_outlived)
        register("hub", seed.plant, order=0)
        register("sections", seed.plant_sections, order=60)
