"""What does the paper look like? Bytes to Document to Sheet to Entry; every string leaves as printed."""
