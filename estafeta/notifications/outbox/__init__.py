"""How deliveries leave: claims that workers share, lines to each channel's other side, and its pace.

`deliver.py` is what the worker calls; `ledger.py` is the only writer of what becomes of deliveries.
"""
