"""The room's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hub.searchable import register_kind


class PracticesConfig(AppConfig):
    """Makes the room's kind of find and its first content known."""

    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        """Register the kind, the seed and the receivers."""
        from hub.seeding import register  # noqa: PLC0415
        from practices import seed, signal_handlers  # noqa: F401, PLC0415 - models must be loaded first
        from practices.origins import Origin  # noqa: PLC0415
        from search import facets  # noqa: PLC0415

        facets.register(facets.Facet("origin", _("Origin"), labels=lambda: {o.value: str(o.label) for o in Origin}))
        register_kind("practice", label=_("Practice"), plural=_("Practices"))
        register("list of practices", seed.plant_index, order=10)
        register("practices", seed.plant, order=40)
