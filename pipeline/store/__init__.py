"""The published tables as files: four folders of Parquet that a ledger answers for.

A document's rows go through three places. A worker turns records into bytes (`rows`); the parent
commits these bytes and the document's entry in one transaction (`ledger`), from when on the
document is safe; `publication` folds what is committed into the bucket files that everybody reads
(`buckets`). A kill between any two steps loses nothing: what is committed and not yet folded in is
folded in by the next run.

The files are a function of the set of committed documents and of nothing else: a document belongs
to the bucket named by the first digit of its id, a bucket's rows are ordered by document id, and a
file is cut into row groups of a fixed number of rows. Workers, shards and the order of input leave
no trace.
"""
