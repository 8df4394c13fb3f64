"""Many people save at once: the word index loses nothing, and its failure takes nothing back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections, transaction

from lianfang.conftest import Cast
from lianfang.foundation.catalogue import upkeep, word_index
from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.catalogue.queries import search
from lianfang.foundation.catalogue.rows import Card
from lianfang.foundation.catalogue.upkeep import index_pending, index_some, shelve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.bigrams import folded

WRITERS, CARDS_EACH = 6, 8


pytestmark = pytest.mark.usefixtures("emptied_afterwards")


def card(number: str, words: str) -> Card:
    return Card("risks", number, "LH/WRF/", "draft", "", words, folded(words))


def in_own_connection(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_are_all_found_and_none_fails() -> None:
    start = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        start.wait()
        for serial in range(CARDS_EACH):
            with transaction.atomic():
                shelve([card(f"R{writer}-{serial}", f"第{writer}人压件不办")])
            index_some()

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(in_own_connection, partial(write, number)) for number in range(WRITERS)]:
            done.result()
    list(index_pending())

    assert not CardRecord.objects.filter(pending=True).exists()
    assert len(search("risks", [""], "压件").numbers) == WRITERS * CARDS_EACH


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_change_made_while_its_card_is_being_indexed_is_indexed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve([card("R1", "旧的说法")])
    put, writers = word_index.put, list[threading.Thread]()

    def interrupted(cards: Sequence[CardRecord]) -> None:
        writers.append(threading.Thread(target=in_own_connection, args=(partial(shelve, [card("R1", "新的写法")]),)))
        writers[-1].start()
        writers[-1].join(timeout=0.5)
        put(cards)

    monkeypatch.setattr(word_index, "put", interrupted)
    upkeep.index_some()
    writers[0].join()
    monkeypatch.setattr(word_index, "put", put)
    list(index_pending())

    assert search("risks", [""], "写法").numbers == ("R1",)
    assert search("risks", [""], "旧的").numbers == ()


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_stays_saved_when_indexing_fails(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_cards: Sequence[CardRecord]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(word_index, "put", broken)

    with caplog.at_level(logging.ERROR):
        record(cast.coordinator, Verb.EDITED, Unit.objects.get(number="LH-ZF"))

    assert any(index_some.__name__ in line.getMessage() for line in caplog.records)
    assert "LH-ZF" in search("units", [""], "综合执法").numbers
