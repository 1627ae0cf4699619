"""Work of the ground that no visitor waits for."""

from django.tasks import task

from hub.models import Picture

# The sizes and formats that `templates/components/picture.html` asks for.
RENDITIONS = [f"width-{width}|format-{form}" for width in (480, 960, 1440) for form in ("avif", "webp", "jpeg")]


@task()
def make_renditions(picture_id: int) -> int:
    """Make a picture's renditions and return how many there are; 0 where the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    return len(picture.get_renditions(*RENDITIONS))
