"""`keikaku dictionary`: what every column means."""

from __future__ import annotations

from keikaku.pipeline.columns import columns_of
from keikaku.pipeline.records import TABLES


def command() -> None:
    """Print the data dictionary. Example: keikaku dictionary."""
    for table, record_type in TABLES.items():
        print(f"\n{table}")
        for name, declared in columns_of(record_type).items():
            print(f"  {name:<20} {declared.kind:<13} {declared.english}")
