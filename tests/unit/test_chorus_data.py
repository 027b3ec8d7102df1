"""The benchmark's feed of the Chorus collection."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from eval.benchmarks.chorus_data import import_chorus, read_judgements

RECORD = {
    "id": "7",
    "name": "A1",
    "title": "Acme A1 lamp",
    "short_description": "A lamp",
    "supplier": "Acme",
    "price": 4995,
    "attr_t_type": "Desk",
    "attr_n_capacity": 16.0,
    "attr_b_dimmable": True,
    "attr_b_battery": False,
    "attr_n_package_weight": 60.0,
}


def test_the_collection_is_imported_and_its_judgements_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chorus_products_1.json.zip", "w") as archive:
        archive.writestr("1.json", json.dumps([RECORD]))
    (tmp_path / "judgments_dev.csv").write_text("query,docid,rating\nlamp,7,3\nlamp,8,0\n")
    product = import_chorus(tmp_path, tmp_path / "shop").require(["7"])[0]
    assert (product.title, str(product.price), product.brand) == ("Acme A1 lamp", "$49.95", "Acme")
    assert product.specs == {"type": "Desk", "capacity": "16", "dimmable": "yes"}
    assert read_judgements(tmp_path) == {"lamp": {"7": 3, "8": 0}}
