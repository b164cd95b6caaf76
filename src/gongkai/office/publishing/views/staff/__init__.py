"""The staff's screens, in the desk's frame."""
