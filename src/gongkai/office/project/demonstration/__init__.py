"""The demonstration county 青溪县: made up, generated from a fixed seed, with the volumes of a real county's year.

No person, place or text in it is real or copied. See README.md in this folder.
"""
