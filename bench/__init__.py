"""Measurements of the product: how much it reads rightly, and how fast."""
