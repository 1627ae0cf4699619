"""Several uploads at once, in Wagtail's own way; one may insist on a file that is in the hub already."""

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from wagtail.documents.views.multiple import AddView

from files.forms import INSIST
from files.models import Blob

SALT = "files.uploading"
# How long the list of uploads may stay open before one insists.
SECONDS = 24 * 60 * 60


class AddSeveralView(AddView):
    """Takes one upload after the other; to one that is there already it answers with the way to insist."""

    def get_invalid_response_data(self, form: Any) -> dict[str, Any]:
        """Return why the file was refused and, of a duplicate, the button that takes it in nevertheless."""
        data: dict[str, Any] = super().get_invalid_response_data(form)
        if form.has_error("file", "duplicate"):
            context = {"errors": form.errors["file"], "order": self._order(form)}
            data["error_message"] = render_to_string("files/admin/duplicate.html", context, request=self.request)
        return data

    def _order(self, form: Any) -> str:
        """Return what was uploaded, signed: only who has sent a content here may ask for it by its checksum."""
        order = {
            "user": self.request.user.pk,
            "sha256": form.instance.inspection.sha256,
            "name": form.files["file"].name,
            "title": form.data["title"],
            "collection": form.data["collection"],
        }
        return signing.dumps(order, salt=SALT)


class AddAgainView(AddSeveralView):
    """Takes in, once more, a file that was uploaded and found to be there already; its content is there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Make the document and answer with its form, in the place of the button."""
        try:
            order = signing.loads(request.POST.get("order", ""), salt=SALT, max_age=SECONDS)
        except signing.BadSignature as error:
            raise PermissionDenied from error
        if order["user"] != request.user.pk:
            raise PermissionDenied
        blob = get_object_or_404(Blob, sha256=order["sha256"])
        with blob.open() as content:
            upload = UploadedFile(content, order["name"], size=blob.size)
            data = {"title": order["title"], "collection": order["collection"], INSIST: "on"}
            form = self.get_upload_form_class()(data, {"file": upload}, user=request.user)
            if not form.is_valid():
                return JsonResponse({"success": False, "form": str(form.errors)})
            self.object = self.save_object(form)
        # Wagtail's script takes a row away that has succeeded, and shows the form of one that has not.
        return JsonResponse({**self.get_edit_object_response_data(), "success": False})
