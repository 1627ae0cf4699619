"""The addresses of pages about files, in each language."""

from django.urls import path

from files.circulation import downloads

app_name = "documents"
urlpatterns = [
    path("downloads/", downloads.page, name="downloads"),
    path("downloads.csv", downloads.as_csv, name="downloads_csv"),
    path("downloads.json", downloads.as_json, name="downloads_json"),
]
