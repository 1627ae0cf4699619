"""The addresses of files."""

from django.urls import path

from files import views
from files.reader import views as reader

app_name = "files"
urlpatterns = [
    path("<int:document_id>/read/", reader.in_language, name="read"),
    path("<int:document_id>/v<int:number>/read/", reader.in_language, name="read_version"),
    path("<int:document_id>/v<int:number>/pages/<int:page>-<slug:size>.webp", reader.picture, name="picture"),
    path("<int:document_id>/<str:name>", views.latest, name="latest"),
    path("<int:document_id>/v<int:number>/<str:name>", views.version, name="version"),
]
