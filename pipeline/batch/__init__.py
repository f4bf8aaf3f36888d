"""Reading many documents: each in a guarded worker, on this machine or on a Dask cluster."""
