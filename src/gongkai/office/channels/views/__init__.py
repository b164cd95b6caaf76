"""The screens of this room: what the public sees, and the staff's first one."""
