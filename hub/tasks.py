"""Work of the ground that no visitor waits for."""

from django.tasks import task
from wagtail.images.models import Filter

from hub.models import Picture

# The sizes and formats that `templates/components/picture.html` asks for.
RENDITIONS = Filter.expand_spec("format-{avif,webp,jpeg} width-{480,960,1600}")


@task()
def make_renditions(picture_id: int) -> int:
    """Make a picture's renditions and return how many there are; 0 where the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    return len(picture.get_renditions(*RENDITIONS))
