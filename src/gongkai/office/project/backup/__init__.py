"""A whole installation in one file, and back: database, files, keys, and the hashes that show that nothing is missing.

    layout      what belongs into a backup, what is made anew, what is a key; the head of the file
    archive     the file itself: written in one go, unpacked with distrust
    databases   a consistent copy of SQLite or PostgreSQL while the site runs, and back
    saving      `gongkai backup`
    restoring   `gongkai restore`

Decision record 0025.
"""
