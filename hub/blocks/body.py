"""The parts of a running text."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from hub.plain_text import as_sentence, lines, plain_text
from hub.searchable import Passage
from hub.transliteration import slug_from

from .documents import DocumentListBlock

# What an editor may do within a paragraph; headings are blocks of their own, so that each has an address.
RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading; its beginning keeps it apart from the anchors that templates give."""
    return f"s-{slug_from(heading)}"


class HeadingBlock(blocks.CharBlock):
    """A heading within a page, with an address of its own."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section that can be linked to")
        preview_value = _("How it began")
        template = "blocks/heading.html"

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the template's context with the anchor of the heading."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["anchor"] = anchor_of(str(value))
        return context


class ResultBlock(blocks.StructBlock):
    """A figure that was reached, what it means, and the source that says so."""

    figure = blocks.CharBlock(label=_("Figure"), max_length=40)
    meaning = blocks.CharBlock(label=_("What it means"), max_length=250)
    source = blocks.IntegerBlock(label=_("Number of the source"), min_value=1, required=False)

    class Meta:
        icon = "success"
        label = _("Result")
        description = _("A number and one sentence about it")
        preview_value = {"figure": "24", "meaning": _("months of work in four municipalities"), "source": None}
        template = "blocks/result.html"
        label_format = "{figure} {meaning}"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Whose words"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Words of a participant or of a document")
        preview_value = {"text": _("We were asked before the decision, not after it."), "attribution": ""}
        template = "blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture with a caption; its alternative text and credit belong to the picture."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture in the width of the text")
        preview_value = {"picture": None, "caption": _("A meeting in the neighbourhood")}
        template = "blocks/picture.html"


class BodyBlock(blocks.StreamBlock):
    """A running text of headings, paragraphs, quotations, figures, pictures and files."""

    heading = HeadingBlock(max_length=160)
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        features=RICH_TEXT,
        icon="pilcrow",
        template="blocks/paragraph.html",
        description=_("Paragraphs and lists"),
        preview_value="<p>Хората решават заедно с общината.</p>",
    )
    quote = QuoteBlock()
    result = ResultBlock()
    picture = PictureBlock()
    documents = DocumentListBlock()

    class Meta:
        icon = "doc-full"
        label = _("Text")
        description = _("The text of the page")
        template = "blocks/body.html"

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Return the cleaned text; two headings of the same words would share an address."""
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for number, child in enumerate(cleaned):
            if child.block_type == "heading":
                anchor = anchor_of(str(child.value))
                if anchor in seen:
                    errors[number] = ValidationError(_("Another heading has the same words. Change one of them."))
                seen.add(anchor)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


def passages_of(body: blocks.StreamValue) -> Iterator[Passage]:
    """Yield the sections of a body, each from its heading to the next, with the heading's anchor."""
    anchor = label = ""
    texts: list[str] = []
    for child in body:
        if child.block_type == "heading":
            if texts:
                yield Passage(text="\n".join(texts), anchor=anchor, label=label)
            anchor, label, texts = anchor_of(child.value), child.value, [as_sentence(child.value)]
        else:
            texts += _texts(child)
    if texts:
        yield Passage(text="\n".join(texts), anchor=anchor, label=label)


def _texts(child: Any) -> list[str]:
    """Return the words of one block of a body."""
    if isinstance(child.value, RichText):
        return [plain_text(child.value.source)]
    if child.block_type == "result":
        return [child.value["figure"], as_sentence(child.value["meaning"])]
    return [lines(str(text)) for text in child.block.get_searchable_content(child.value)]
