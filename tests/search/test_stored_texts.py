"""What the tables hold of records' texts can be spelled out again."""

import pytest

from hub.searchable import Passage
from search.engines.database import DatabaseEngine
from search.engines.stored_texts import stored_texts
from search.engines.weights import weights
from search.entries import Entry
from search.models import IndexedRecord
from tests.factories.search import make_record

pytestmark = pytest.mark.django_db


def test_words_come_back_in_their_order_and_terms_with_their_weights() -> None:
    record = make_record(key="a", title="Чешма", passages=(Passage("Липата цъфти."), Passage("До чешмата, 2020 г.")))
    entry = Entry.of(record)
    DatabaseEngine().write([entry])
    record_id = IndexedRecord.objects.get().pk

    text = stored_texts([record_id])[record_id]

    assert text.passages == [["чешма"], ["липата", "цъфти"], ["до", "чешмата", "2020", "г"]]
    assert text.weights == pytest.approx(dict(weights(entry)), abs=1e-4)


def test_what_is_endless_is_cut_and_kept() -> None:
    record = make_record(key="a", title="Чешма", text="1" * 300 + " " + "а" * 300)
    DatabaseEngine().write([Entry.of(record)])
    record_id = IndexedRecord.objects.get().pk

    assert max(len(word) for passage in stored_texts([record_id])[record_id].passages for word in passage) <= 255
