"""Uploaded files lie where nobody else on the machine reads them, not too many, and not longer than of use."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import Limits
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.site import import_views, uploads
from lianfang.site.uploads import MOST_KEPT, SESSION_KEY

POWERS = "职权名称,职权内容,法律依据\n现场检查,对暂存情况进行现场检查。,《固体废物污染环境防治法》第八十二条\n"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where uploads lie in this test."""
    settings.HOME = tmp_path
    return tmp_path / "uploads"


def upload(client: Client, content: bytes = POWERS.encode()) -> Any:
    file = SimpleUploadedFile("清单.csv", content)
    return client.post(reverse("imports:start"), {"file": file, "unit": "LH-WRF"})


def test_an_upload_is_its_owners_alone(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    upload(sign_in(cast.head))

    (kept,) = folder.iterdir()
    assert (kept.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_that_others_could_read_is_closed(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    folder.mkdir(mode=0o755)

    upload(sign_in(cast.head))

    assert folder.stat().st_mode & 0o777 == 0o700


def test_too_large_a_file_is_refused_before_it_is_kept(
    cast: Cast, sign_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_views, "WEB", Limits(file_size=1024 * 1024))

    answer = upload(sign_in(cast.head), b"0" * (1024 * 1024 + 1))

    assert answer.status_code == 422
    assert "文件超过 1 MiB" in answer.content.decode()
    assert not folder.exists()


def test_a_file_that_cannot_be_read_is_forgotten(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    client = sign_in(cast.head)

    shown = client.get(upload(client, b"%PDF-1.7 ...")["Location"])

    assert shown.status_code == 422
    assert list(folder.iterdir()) == []
    assert client.session[SESSION_KEY] == {}


def test_a_decided_file_is_forgotten(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    client = sign_in(cast.head)
    address = upload(client)["Location"]

    stored = press(client, client.get(address), "/store/")

    assert stored.status_code == 200
    assert list(folder.iterdir()) == []
    assert client.session[SESSION_KEY] == {}
    assert client.get(address).status_code == 404


def test_a_file_is_read_once_and_what_was_read_is_what_is_stored(
    cast: Cast, sign_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.head)
    address = upload(client)["Location"]
    shown = client.get(address)
    monkeypatch.setattr(uploads, "read_answer", pytest.fail)

    again = client.get(address)
    press(client, shown, "/store/")

    (power,) = Power.objects.all()
    assert power.name == "现场检查"
    assert again.content.count("现场检查".encode()) == shown.content.count("现场检查".encode()) > 0


def test_what_was_read_is_its_owners_alone_and_the_file_is_gone(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    client = sign_in(cast.head)

    client.get(upload(client)["Location"])

    (kept,) = folder.iterdir()
    assert (kept.suffix, kept.stat().st_mode & 0o777) == (".read", 0o600)


def test_only_so_many_undecided_files_are_kept(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    client = sign_in(cast.head)

    addresses = [upload(client)["Location"] for _ in range(MOST_KEPT + 2)]

    assert len(list(folder.iterdir())) == len(client.session[SESSION_KEY]) == MOST_KEPT
    assert [client.get(address).status_code for address in (addresses[0], addresses[2])] == [404, 200]


def test_an_upload_of_somebody_else_is_not_found(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    address = upload(sign_in(cast.head))["Location"]

    assert sign_in(cast.coordinator).get(address).status_code == 404


def test_what_the_reader_says_of_its_own_crash_goes_to_the_log_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    crashed = subprocess.CompletedProcess([], 1, b"", b'File "/srv/lianfang/reader.py", line 7')
    monkeypatch.setattr(subprocess, "run", lambda *_given, **_named: crashed)

    with caplog.at_level(logging.ERROR), pytest.raises(Invalid) as refused:
        read_file(b"PK")

    assert refused.value.details == ()
    assert "/srv/lianfang/reader.py" in caplog.text
