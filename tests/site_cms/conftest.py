import pytest
from django.core.files.storage import storages


@pytest.fixture(autouse=True)
def documents_folder(tmp_path, monkeypatch):
    """Documents lie in a folder of the test's own."""
    monkeypatch.setattr(storages["documents"], "location", str(tmp_path / "documents"))
    return tmp_path / "documents"
