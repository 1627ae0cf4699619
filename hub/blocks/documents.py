"""Documents within a text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentListBlock(blocks.StructBlock):
    """Files to download, under a heading of their own."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Files to download")
        description = _("A list of files with their format and size")
        preview_value = {"title": _("Materials"), "documents": []}
        template = "blocks/document_list.html"
