"""The screens of this room: public pages, and the staff's."""
