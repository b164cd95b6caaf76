"""What is looked at before an item goes to review and before each pass: one file per subject."""
