"""Who may download a file and who may find it: what is not public does not exist for others."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from files.models import Document, PagePicture, PublicationPage
from files.sources import DocumentSource
from search import indexing
from tests.factories.files import make_document, make_publication, translate, version_of
from tests.files.extraction.samples import pdf_bytes


def is_found(document: Document) -> bool:
    """Return whether the document is listed or described by the source of records."""
    source, key = DocumentSource(), f"document:{document.pk}"
    listed, described = key in set(source.keys()), any(source.records([key]))
    assert listed == described
    return listed


def addresses(document: Document) -> list[str]:
    return [document.url, *(version.url for version in document.versions.all())]


def unpublish(page: PublicationPage) -> None:
    page.unpublish()


def expire(page: PublicationPage) -> None:
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save()


def restrict(page: PublicationPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def restrict_above(page: PublicationPage) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password", password="тайна")


def delete(page: PublicationPage) -> None:
    page.delete()


@pytest.mark.parametrize("hide", [unpublish, expire, restrict, restrict_above, delete])
def test_what_is_no_longer_public_is_neither_served_nor_found(
    client: Client, home: Page, hide: Callable[[PublicationPage], None]
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    assert client.get(document.url).status_code == 200
    assert is_found(document)

    hide(publication)

    assert [client.get(address).status_code for address in addresses(document)] == [404, 404]
    assert not is_found(document)


def test_the_file_of_a_draft_is_neither_served_nor_found(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home, live=False))

    assert [client.get(address).status_code for address in addresses(document)] == [404, 404]
    assert not is_found(document)


def test_a_file_without_a_publication_is_public_only_when_marked(client: Client, home: Page) -> None:
    hidden, shown = make_document(), make_document(is_public=True)

    assert [client.get(hidden.url).status_code, client.get(shown.url).status_code] == [404, 200]
    assert [is_found(hidden), is_found(shown)] == [False, True]


def test_the_mark_does_not_open_the_file_of_a_draft(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home, live=False), is_public=True)

    assert client.get(document.url).status_code == 404
    assert not is_found(document)


def test_a_file_stays_public_while_one_language_of_its_publication_is(client: Client, home: Page) -> None:
    publication = make_publication(home)
    translate(publication)
    document = make_document(publication=publication)

    publication.unpublish()

    assert client.get(document.url).status_code == 200
    assert is_found(document)


def test_an_alias_of_a_draft_opens_nothing(client: Client, home: Page) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    other = home.add_sibling(instance=type(home)(title="X", slug="x", headline="X", lead="X", locale=home.locale))
    publication.create_alias(parent=other, update_slug="alias")
    PublicationPage.objects.filter(pk=publication.pk).update(live=False)

    assert client.get(document.url).status_code == 404
    assert not is_found(document)


def test_the_files_of_a_private_collection_are_private(client: Client, home: Page) -> None:
    collection = Collection.get_first_root_node().add_child(name="Вътрешни").add_child(name="Договори")
    document = make_document(publication=make_publication(home), collection=collection)
    assert is_found(document)

    CollectionViewRestriction.objects.create(collection=collection.get_parent(), restriction_type="login")

    assert client.get(document.url).status_code == 404
    assert not is_found(document)


def test_a_file_of_a_private_collection_is_not_even_named(client: Client, home: Page) -> None:
    collection = Collection.get_first_root_node().add_child(name="Вътрешни")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    publication = make_publication(home)
    hidden = make_document(pdf_bytes("Secret"), publication=publication, collection=collection, title="Таен договор")
    PagePicture.objects.create(blob=version_of(hidden).blob, number=1, width=900, height=1200, made_by=1)
    indexing.mend()
    machine = f"{publication.url}index.md"

    shown = [client.get(address) for address in (publication.url, publication.get_parent().url, machine)]

    for response in shown:
        assert response.status_code == 200
        for trace in ("Таен договор", version_of(hidden).blob.sha256, f"/files/{hidden.pk}/"):
            assert trace not in response.content.decode()


def test_an_editor_may_look_at_the_file_of_a_draft_and_no_cache_keeps_it(
    client: Client, home: Page, editor: Any
) -> None:
    document = make_document(publication=make_publication(home, live=False))
    client.force_login(editor)

    response = client.get(document.url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_somebody_with_an_account_but_no_rights_gets_nothing(
    client: Client, home: Page, django_user_model: Any
) -> None:
    document = make_document(publication=make_publication(home, live=False))
    client.force_login(django_user_model.objects.create_user("visitor"))

    assert client.get(document.url).status_code == 404


def test_members_of_a_restricted_publication_may_download_its_files(
    client: Client, home: Page, django_user_model: Any
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    group = Group.objects.create(name="Съвет")
    PageViewRestriction.objects.create(page=publication, restriction_type="groups").groups.add(group)
    member, stranger = (django_user_model.objects.create_user(name) for name in ("member", "stranger"))
    member.groups.add(group)

    client.force_login(member)
    assert client.get(document.url).status_code == 200
    client.force_login(stranger)
    assert client.get(document.url).status_code == 404


def test_a_withdrawn_version_is_gone_and_says_why(client: Client, home: Page) -> None:
    publication = make_publication(home, title="Анализ на достъпа")
    document = make_document(publication=publication)
    version = version_of(document)

    version.withdraw("Съдържа лични данни.")
    answers = [client.get(address, headers={"Accept-Language": "en"}) for address in addresses(document)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("Съдържа лични данни." in answer.content.decode() for answer in answers)
    assert all(version.blob.sha256 in answer.content.decode() for answer in answers)
    assert all("Анализ на достъпа" in answer.content.decode() for answer in answers)
    assert not is_found(document)


def test_a_withdrawn_version_of_a_hidden_file_is_not_spoken_of(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home, live=False))
    version = version_of(document)

    version.withdraw("Грешен файл")

    assert [client.get(address).status_code for address in addresses(document)] == [404, 404]


def test_files_cannot_be_reached_by_their_place_on_the_disk(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home))

    assert client.get(f"/media/{document.file.name}", follow=True).status_code == 404
    assert client.get(f"/documents/{document.pk}/{document.filename}", follow=True).status_code == 404
