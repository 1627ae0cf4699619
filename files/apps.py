"""The files' place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hub import health, ticking
from hub.searchable import register_kind, register_source


class FilesConfig(AppConfig):
    """Makes the room's findable things and first content known once the models are there."""

    name = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Connect the receivers; register kinds, the source of records, and the first content."""
        from files import seed, signal_handlers, sources  # noqa: F401, PLC0415 - models must be loaded first
        from files.circulation.answering import care_for_requests  # noqa: PLC0415
        from files.duplicates import look_for_likenesses  # noqa: PLC0415
        from files.fixity import check_a_few, report  # noqa: PLC0415
        from files.models import PublicationKind  # noqa: PLC0415
        from files.tasks import (  # noqa: PLC0415
            ask_again_for_lost_work,
            ask_again_for_the_lost,
            read_again_what_is_outdated,
        )
        from hub.seeding import register  # noqa: PLC0415
        from search import facets  # noqa: PLC0415

        kind = facets.Facet("publication_kind", _("Kind of publication"), vocabulary=PublicationKind)
        facets.register(kind)
        register_kind("publication", label=_("Publication"), plural=_("Publications"))
        register_kind("file", label=_("File"), plural=_("Files"), is_reader=True)
        register_source(sources.DocumentSource())
        register("files", seed.plant, order=30)
        ticking.register("files", ask_again_for_the_lost)
        ticking.register("accessible formats", care_for_requests)
        ticking.register("likenesses of files", look_for_likenesses)
        ticking.register("fixity", check_a_few)
        health.register("files", report)
        ticking.register("work on pages", ask_again_for_lost_work)
        ticking.register("files of an older extractor", read_again_what_is_outdated)
