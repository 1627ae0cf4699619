"""Share cards: drawn from the title, kept, made ahead, and served for open pages alone."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from fontTools.ttLib import TTFont
from PIL import Image
from wagtail.models import Page

from hub.machines import cards, mark, share_cards
from hub.models import ContentPage
from tests.factories.hub import add_page, make_news, restrict
from tests.house.test_front_end_weight import palettes

LONG = "Проучване на добри практики за гражданско участие в местната власт " * 5
WORD = "непротивоконституционствувателствувайте" * 4


def card(**values: str) -> share_cards.Card:
    """Return a card."""
    known = {"title": "Младежки бюджет", "kicker": "Практика", "brand": "Участие", "place": "Регион", "language": "bg"}
    return share_cards.Card(**{**known, **values})


def opened(picture: bytes) -> Image.Image:
    """Return a picture from its bytes."""
    return Image.open(BytesIO(picture)).convert("RGB")


@pytest.fixture(autouse=True)
def no_cards_left() -> Iterator[None]:
    """Leave no card behind in the storage."""
    yield
    folder = Path(settings.MEDIA_ROOT) / share_cards.FOLDER
    for path in folder.glob("*.png"):
        path.unlink()


@pytest.mark.parametrize("title", ["А", "Gdańsk и ☂", LONG, WORD], ids=["short", "foreign", "long", "one word"])
def test_a_card_has_its_size_whatever_the_title(title: str) -> None:
    picture = share_cards.draw(card(title=title))

    assert opened(picture).size == (1200, 630)
    assert len(picture) < 80_000


@pytest.mark.parametrize("title", [LONG, WORD], ids=["long", "one word"])
def test_a_title_that_is_too_long_stays_within_the_margins(title: str) -> None:
    picture = opened(share_cards.draw(card(title=title)))

    right = picture.crop((1200 - share_cards.MARGIN + 4, 0, 1200, 630 - share_cards.RIBBON))

    assert len(right.getcolors(1000) or ()) == 1


def test_each_letter_is_drawn_from_a_file_that_has_it() -> None:
    text = "Рейкявик („Better Reykjavík“) – 50 % за №3; ±£©½ naïve, Œuvre"

    for name in ("hub-serif", "sofia-sans"):
        for script, run in share_cards._runs(text):
            letters = TTFont(share_cards.FONTS / f"{name}-{script}.woff2").getBestCmap()
            assert not {letter for letter in run if ord(letter) not in letters}, (name, script)


def test_two_titles_make_two_cards() -> None:
    assert share_cards.draw(card()) != share_cards.draw(card(title="Друго"))
    assert card().digest != card(title="Друго").digest


def test_bulgarian_letters_have_their_own_shapes() -> None:
    assert share_cards.draw(card(language="bg")) != share_cards.draw(card(language="ru"))


def test_the_colours_are_those_of_the_style_sheet() -> None:
    light = dict(palettes())["light"]

    assert [light[name] for name in ("burgas", "sliven", "stara-zagora", "yambol")] == list(mark.CITY_COLOURS)
    assert (light["paper"], light["ink"], light["muted"]) == (mark.PAPER, mark.INK, mark.MUTED)


def test_a_card_is_drawn_once(home: Page, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = add_page(home, ContentPage, title="Страница")
    first = client.get(cards.address_of(page))
    monkeypatch.setattr(share_cards, "draw", lambda _: pytest.fail("it was drawn again"))

    second = client.get(cards.address_of(page))

    assert first.headers["Content-Type"] == "image/png"
    assert "immutable" in first.headers["Cache-Control"]
    assert first.content == second.content


def test_another_title_leads_from_the_old_card_to_the_new_one(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Преди")
    old = cards.address_of(page)
    client.get(old)
    page.title = "След"
    page.save_revision().publish()

    response = client.get(old, follow=True)

    assert response.redirect_chain == [(cards.address_of(page), 302)]
    assert len(default_storage.listdir(share_cards.FOLDER)[1]) == 1


def test_a_page_that_is_not_open_has_no_card(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Тайно заглавие")
    restrict(page)

    assert client.get(cards.address_of(page)).status_code == 404


def test_a_card_is_made_ahead_when_its_page_is_published(home: Page, run_tasks: Callable[[], list[Any]]) -> None:
    news = make_news(home, title="Новина")

    run_tasks()

    assert default_storage.exists(f"cards/{news.pk}-{share_cards.card_of(news).digest}.png")
