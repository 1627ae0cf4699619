"""Where a statement comes from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

LANGUAGES = [
    ("bg", _("Bulgarian")), ("en", _("English")), ("de", _("German")), ("fr", _("French")), ("es", _("Spanish")),
    ("pt", _("Portuguese")), ("it", _("Italian")), ("pl", _("Polish")), ("nl", _("Dutch")), ("et", _("Estonian")),
    ("fi", _("Finnish")), ("is", _("Icelandic")),
]  # fmt: skip


class SourceValue(blocks.StructValue):
    """A source as its template reads it."""

    @property
    def language_label(self) -> str:
        """The name of the source's language; empty where it is not known."""
        return str(dict(LANGUAGES).get(self["language"], ""))


class SourceBlock(blocks.StructBlock):
    """A source, so that a reader can check what the page says."""

    title = blocks.CharBlock(label=_("Title"), max_length=400, help_text=_("As published, in its own language."))
    publisher = blocks.CharBlock(label=_("Publisher"), max_length=250, required=False)
    url = blocks.URLBlock(label=_("Address"), max_length=1000, required=False)
    language = blocks.ChoiceBlock(label=_("Language"), choices=LANGUAGES, required=False)
    supports = blocks.CharBlock(
        label=_("What it supports"),
        max_length=300,
        required=False,
        help_text=_("Which statements of the page rest on it."),
    )

    class Meta:
        icon = "link"
        label = _("Source")
        description = _("A publication or page on which statements rest")
        preview_value = {
            "title": "Better Reykjavík",
            "publisher": "Citizens Foundation",
            "language": "en",
            "supports": "",
        }
        template = "blocks/source.html"
        label_format = "{title}"
        value_class = SourceValue
