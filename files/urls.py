"""The addresses of files."""

from django.urls import path

from files import views

app_name = "files"
urlpatterns = [
    path("<int:document_id>/<str:name>", views.latest, name="latest"),
    path("<int:document_id>/v<int:number>/<str:name>", views.version, name="version"),
]
