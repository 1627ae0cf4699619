"""The addresses of pages about files, in each language."""

from django.urls import path

from files.circulation import citing, downloads

app_name = "documents"
urlpatterns = [
    path("downloads/", downloads.page, name="downloads"),
    path("downloads.csv", downloads.as_csv, name="downloads_csv"),
    path("downloads.json", downloads.as_json, name="downloads_json"),
    path("publications/<int:page_id>.<str:extension>", citing.publication_citation, name="publication_citation"),
    path("<int:document_id>/cite/", citing.file_page, name="cite"),
    path("<int:document_id>/cite.<str:extension>", citing.file_citation, name="file_citation"),
]
