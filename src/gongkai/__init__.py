"""Gongkai (公开): government information disclosure, from the published item to the statutory annual report."""
