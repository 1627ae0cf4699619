"""The groups that people who sign in belong to, as a start that an administrator may change."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from hub.models import SeedMark

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
    """Create the groups, give them what they were never given, and take Wagtail's two examples away unused."""
    for name, may in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        _give_new_rights(group, may)
        if is_new:
            _permit_everywhere(group, may)
    _plant_workflow()
    for group in Group.objects.filter(name__in=["Editors", "Moderators"], user=None):
        group.delete()


def mark_of(group: str, right: str) -> str:
    """Return the key of the mark that a group was given a right, as in "hub.add_theme"."""
    return f"groups/{group}/{right}"


def _plant_workflow() -> None:
    """Make Wagtail's example of a workflow ours: what an editor submits, a publisher approves."""
    publishers = Group.objects.filter(name__in=["Издатели", "Администратори"])
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        task.name = WORKFLOW
        task.save(update_fields=["name"])
        task.groups.set(publishers)
    Workflow.objects.filter(name="Moderators approval").update(name=WORKFLOW)


def _give_new_rights(group: Group, may: dict[str, list[str]]) -> None:
    """Give a group the rights that it was never given; what an administrator has taken away since stays away."""
    wanted = {mark_of(group.name, f"{own.content_type.app_label}.{own.codename}"): own for own in _rights(may)}
    given = set(SeedMark.objects.filter(key__in=wanted).values_list("key", flat=True))
    fresh = {mark: permission for mark, permission in wanted.items() if mark not in given}
    group.permissions.add(*fresh.values())
    SeedMark.objects.bulk_create(SeedMark(key=mark) for mark in fresh)


def _rights(may: dict[str, list[str]]) -> QuerySet[Permission]:
    """Return what a group may do apart from the trees of pages and collections."""
    codes = [f"{verb}_{model}" for verb in may["snippets"] for model in _SNIPPETS]
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin") | Q(codename="submit_translation")
    wanted |= Q(content_type__app_label__in=["hub", "files", "search"], codename__in=codes)
    if "change" in may["snippets"]:  # messages of visitors hold personal data: not everybody's to read
        verbs = [verb for verb in may["snippets"] if verb != "add"]
        wanted |= Q(content_type__app_label="hub", codename__in=[f"{verb}_visitormessage" for verb in verbs])
    if "delete" in may["media"]:
        own = ["add_user", "change_user", "delete_user", "view_user", "change_sitesettings"]
        wanted |= Q(content_type__app_label="hub", codename__in=own) | Q(content_type__app_label="wagtailredirects")
        wanted |= Q(content_type__app_label="auth", content_type__model="group")
        kept = ["site", "workflow", "task", "collection"]
        wanted |= Q(content_type__app_label="wagtailcore", content_type__model__in=kept)
    return Permission.objects.filter(wanted).select_related("content_type")


def _permit_everywhere(group: Group, may: dict[str, list[str]]) -> None:
    """Let a new group work on all pages, pictures and documents."""
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
