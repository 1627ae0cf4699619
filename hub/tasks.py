"""Work of the ground that no visitor waits for."""

from django.tasks import task
from wagtail.images.models import Filter
from wagtail.models import Page

from hub.machines import share_cards
from hub.models import HubPage, Picture

# The sizes and formats that `templates/components/picture.html` asks for.
RENDITIONS = Filter.expand_spec("format-{avif,webp,jpeg} width-{480,960,1600}")


@task()
def make_renditions(picture_id: int) -> int:
    """Make a picture's renditions and return how many there are; 0 where the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    return len(picture.get_renditions(*RENDITIONS))


@task()
def make_share_card(page_id: int) -> bool:
    """Draw a page's share card and return whether there is one; a page that is gone has none."""
    found = Page.objects.filter(pk=page_id, live=True).select_related("locale").first()
    page = found.specific if found else None
    if not isinstance(page, HubPage):
        return False
    return bool(share_cards.stored(page))
