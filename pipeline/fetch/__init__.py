"""Bringing what municipalities publish: politely, once, and keeping every version seen.

A page that municipalities change in place is the only copy of last year's sheet, so a snapshot is
never thrown away (a cache expires, an archive must not). What is current lies in one folder that
`keikaku ingest` reads; a changed document takes the place of its former version there.
"""
