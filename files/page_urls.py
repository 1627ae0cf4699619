"""The addresses of pages about files, in each language."""

from django.urls import path

from files.circulation import accessible, bundling, citing, downloads
from files.reader import views as reader

app_name = "documents"
urlpatterns = [
    path("<int:document_id>/read/", reader.read, name="read"),
    path("<int:document_id>/v<int:number>/read/", reader.read_version, name="read_version"),
    path("downloads/", downloads.page, name="downloads"),
    path("downloads.csv", downloads.as_csv, name="downloads_csv"),
    path("downloads.json", downloads.as_json, name="downloads_json"),
    path("publications/<int:page_id>.<str:extension>", citing.publication_citation, name="publication_citation"),
    path("selection/", bundling.selection, name="selection"),
    path("chosen.zip", bundling.chosen_zip, name="chosen_zip"),
    path("search.zip", bundling.search_zip, name="search_zip"),
    path("collections/", bundling.collections, name="collections"),
    path("collections/<slug:slug>/", bundling.collection, name="collection"),
    path("collections/<slug:slug>.zip", bundling.collection_zip, name="collection_zip"),
    path("<int:document_id>/accessible/", accessible.request_page, name="accessible"),
    path("<int:document_id>/cite/", citing.file_page, name="cite"),
    path("<int:document_id>/cite.<str:extension>", citing.file_citation, name="file_citation"),
]
