"""What holds for every block that an editor can choose."""

from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from django.test import Client
from django.utils.functional import Promise
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from hub.models import User


def blocks_below(block: Block) -> Iterator[Block]:
    """Yield the blocks within a block, at any depth."""
    if isinstance(block, StreamBlock | StructBlock):
        children = list(block.child_blocks.values())
    elif isinstance(block, ListBlock):
        children = [block.child_block]
    else:
        children = []
    for child in children:
        yield child
        yield from blocks_below(child)


def all_blocks() -> dict[str, Block]:
    """Return every block of every page type by its place."""
    found: dict[str, Block] = {}
    for model in get_page_models():
        for field in model._meta.local_fields if model is not Page else ():
            if isinstance(field, StreamField):
                for block in (field.stream_block, *blocks_below(field.stream_block)):
                    found.setdefault(f"{model.__name__}.{block.definition_prefix}.{block.name}", block)
    return found


def chosen_blocks() -> dict[str, Block]:
    """Return the blocks that an editor chooses from a menu, one of each kind."""
    choices = {
        f"{type(child).__name__}-{name}": child
        for block in all_blocks().values()
        if isinstance(block, StreamBlock)
        for name, child in block.child_blocks.items()
    }
    return dict(sorted(choices.items()))


CHOSEN = chosen_blocks()
LABELLED = {
    f"{type(block).__name__}.{name}": child
    for block in all_blocks().values()
    if isinstance(block, StructBlock)
    for name, child in block.child_blocks.items()
}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_block_is_seen_before_it_is_used(name: str) -> None:
    meta = CHOSEN[name].meta

    assert isinstance(CHOSEN[name].label, Promise)
    assert isinstance(meta.description, Promise)
    assert str(meta.description)
    assert meta.icon not in {"", "placeholder"}
    assert hasattr(meta, "preview_value")


@pytest.mark.parametrize("name", sorted(LABELLED))
def test_each_part_of_a_block_is_named_in_words(name: str) -> None:
    assert isinstance(LABELLED[name].label, Promise)


@pytest.mark.parametrize("name", [name for name, block in CHOSEN.items() if isinstance(block, StructBlock)])
def test_a_block_of_several_parts_has_a_template(name: str) -> None:
    template = CHOSEN[name].meta.template

    assert template.startswith("blocks/")
    assert get_template(template)


@pytest.mark.parametrize("name", CHOSEN)
def test_the_preview_of_a_block_can_be_seen(name: str, administrator: User, client: Client) -> None:
    client.force_login(administrator)

    response = client.get("/admin/block-preview/", {"id": CHOSEN[name].definition_prefix})

    assert response.status_code == 200
