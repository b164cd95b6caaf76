"""What must be public: an item, its codes, its check; normative documents. See README.md in this room."""
