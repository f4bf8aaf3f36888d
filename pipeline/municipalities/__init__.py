"""Errata of municipalities, one TOML file each: ``<code>_<romaji>.toml`` (see ``pipeline/errata.py``).

The folder may hold no file at all: an erratum is written only where a document is known to print a
figure that its publisher corrected.
"""
