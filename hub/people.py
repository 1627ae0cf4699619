"""Where Wagtail finds our own views of accounts."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, in which nobody gives away more than they have."""

    user_viewset = "hub.viewsets.PersonViewSet"
