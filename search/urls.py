"""The addresses of finding."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("missed/", views.missed, name="missed"),
    path("suggestions/", views.suggestions, name="suggestions"),
]
