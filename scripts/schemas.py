"""Write the JSON Schemas of Benang's file formats into docs/reference/schemas. Run it with `make schemas`."""

from __future__ import annotations

import json
from pathlib import Path

from benang.files import write_text
from benang.review.schemas import schemas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "schemas"


def main() -> None:
    """Write one file a format."""
    for name, schema in schemas().items():
        write_text(FOLDER / f"{name}.schema.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        print(f"docs/reference/schemas/{name}.schema.json")


if __name__ == "__main__":
    main()
