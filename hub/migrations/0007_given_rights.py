"""Groups that stand already have been given the rights of the first days; the later ones they get when seeded next."""

from typing import Any

from django.db import migrations

VERBS = {
    "Редактори": ["view"],
    "Издатели": ["view", "add", "change"],
    "Администратори": ["view", "add", "change", "delete"],
}
MODELS = {
    "hub": ["theme", "method", "participationlevel", "country", "municipality", "organisation"],
    "files": ["publicationkind"],
}
ALL = ["add", "change", "delete", "view"]
OF_ADMINISTRATORS = [
    *(f"hub.{code}" for code in ("add_user", "change_user", "delete_user", "view_user", "change_sitesettings")),
    *(f"wagtailredirects.{verb}_redirect" for verb in ALL),
    *(f"auth.{verb}_group" for verb in ALL),
    *(f"wagtailcore.{verb}_{model}" for model in ("site", "workflow", "task", "collection") for verb in ALL),
]


def rights_of(group: str) -> list[str]:
    """Return the rights that a group was given when it was made."""
    own = [f"{app}.{verb}_{model}" for app, models in MODELS.items() for model in models for verb in VERBS[group]]
    start = ["wagtailadmin.access_admin", "wagtail_localize.submit_translation"]
    return start + own + (OF_ADMINISTRATORS if group == "Администратори" else [])


def mark(apps: Any, schema_editor: Any) -> None:
    """Remember of each group that is there what it was given."""
    marks = apps.get_model("hub", "SeedMark")
    groups = apps.get_model("auth", "Group").objects.filter(name__in=VERBS)
    for name in groups.values_list("name", flat=True):
        marks.objects.bulk_create(
            (marks(key=f"groups/{name}/{right}") for right in rights_of(name)), ignore_conflicts=True
        )


def forget(apps: Any, schema_editor: Any) -> None:
    """Forget it."""
    apps.get_model("hub", "SeedMark").objects.filter(key__startswith="groups/").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0006_accessibility_statement"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(mark, forget)]
