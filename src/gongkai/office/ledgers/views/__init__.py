"""The screens of a ledger: the staff's, and what rooms build their public lists from."""
