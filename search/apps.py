"""The room's place among Django's applications."""

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Listens to what changes, keeps the index in step each minute, and tells readiness how it is."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Connect the receivers and register the examination and the minute's work."""
        from hub import health, searchable, seeding, ticking  # noqa: PLC0415 - models must be loaded first
        from hub.machines.pages import register_lone_page  # noqa: PLC0415 - the same
        from search import indexing, query_log, seed, signal_handlers, suggestions  # noqa: PLC0415 - the same
        from search.glossary_source import KIND, GlossarySource  # noqa: PLC0415 - the same
        from search.models import GlossaryTerm  # noqa: PLC0415 - the same

        signal_handlers.connect()
        searchable.register_kind(KIND, label=_("Term"), plural=_("Terms"))
        searchable.register_source(GlossarySource())
        seeding.register("glossary", seed.plant, order=5)
        register_lone_page("glossary:terms", _("Glossary"), is_there=GlossaryTerm.objects.exists)
        health.register("index", indexing.examine)
        ticking.register("search drift", indexing.mend)
        if settings.ELASTICSEARCH_URL:
            from search.engines import elastic  # noqa: PLC0415 - its client takes time to import

            elastic.register()
        ticking.register("search log", query_log.forget)
        if settings.SEARCH_PREPARES:
            request_started.connect(suggestions.prepare, dispatch_uid=suggestions.PREPARING)
