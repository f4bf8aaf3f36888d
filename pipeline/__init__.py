"""What do we publish? Entries and values become records, a dataset, and Parquet."""
