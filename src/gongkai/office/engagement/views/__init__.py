"""The screens of this room: what the public sees, and what the staff works on."""
