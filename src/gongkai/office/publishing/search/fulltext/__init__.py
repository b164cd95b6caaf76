"""The index itself: a SQLite file of this host, made from what is public and made anew whenever it is missing or wrong.

tables     what is kept of an item, and how it is found
file       the file: opened, begun anew, how far it has come
segments   finished pieces of the full-text tables, made in processes of their own
bulk       many items at once, by way of those processes
"""
