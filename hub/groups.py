"""The groups that people who sign in belong to, as a start that an administrator may change."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

# What each group may do with pages, and with pictures and documents.
GROUPS = {
    "Редактори": {"pages": ["add_page", "change_page"], "media": ["add", "choose"], "snippets": ["view"]},
    "Издатели": {
        "pages": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
        "media": ["add", "change", "choose"],
        "snippets": ["view", "add", "change"],
    },
    "Администратори": {
        "pages": ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"],
        "media": ["add", "change", "delete", "choose"],
        "snippets": ["view", "add", "change", "delete"],
    },
}
WORKFLOW = "Одобрение от издател"
_SNIPPETS = [
    "theme",
    "method",
    "participationlevel",
    "country",
    "municipality",
    "organisation",
    "publicationkind",
    "bundle",
    "glossaryterm",
    "pin",
    "pinnedpage",
    "missednote",
]


def plant_groups() -> None:
    """Create the groups with their permissions where they do not exist, and take Wagtail's two examples away unused."""
    for name, may in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            _permit(group, may)
    _plant_workflow()
    for group in Group.objects.filter(name__in=["Editors", "Moderators"], user=None):
        group.delete()


def _plant_workflow() -> None:
    """Make Wagtail's example of a workflow ours: what an editor submits, a publisher approves."""
    publishers = Group.objects.filter(name__in=["Издатели", "Администратори"])
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        task.name = WORKFLOW
        task.save(update_fields=["name"])
        task.groups.set(publishers)
    Workflow.objects.filter(name="Moderators approval").update(name=WORKFLOW)


def _permit(group: Group, may: dict[str, list[str]]) -> None:
    """Give a new group its permissions."""
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    codes = [f"{verb}_{model}" for verb in may["snippets"] for model in _SNIPPETS]
    rooms = ["hub", "files", "search"]
    group.permissions.add(*Permission.objects.filter(content_type__app_label__in=rooms, codename__in=codes))
    if "delete" in may["media"]:
        own = ["add_user", "change_user", "delete_user", "view_user", "change_sitesettings"]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="hub", codename__in=own))
        group.permissions.add(*Permission.objects.filter(content_type__app_label="wagtailredirects"))
        group.permissions.add(*Permission.objects.filter(content_type__app_label="auth", content_type__model="group"))
        kept = Permission.objects.filter(content_type__app_label="wagtailcore")
        group.permissions.add(*kept.filter(content_type__model__in=["site", "workflow", "task", "collection"]))
    group.permissions.add(*Permission.objects.filter(codename="submit_translation"))
    if "change" in may["snippets"]:  # messages of visitors hold personal data: not everybody's to read
        verbs = [verb for verb in may["snippets"] if verb != "add"]
        codes = [f"{verb}_visitormessage" for verb in verbs]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="hub", codename__in=codes))
    root = Page.get_first_root_node()
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=may["pages"])
    for permission in pages:
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    # Wagtail asks for the permissions of its own two models, whichever take their place.
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        codes = [f"{verb}_{model}" for verb in may["media"]]
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codes):
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
