"""The address of the glossary."""

from django.urls import path

from search import glossary_page

app_name = "glossary"
urlpatterns = [path("", glossary_page.terms, name="terms")]
