"""廉防 (lianfang): an integrity-risk prevention programme, run from plan to ledger."""

__version__ = "0.1.0"
