"""PAPER: files to documents and back. Knows files only, no law and no Django."""
