"""Stock Wagtail search over the same items: what the office's own search is compared with."""
