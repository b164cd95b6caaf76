"""`gongkai due`: the state and the due date of one application, explained day by day from a file of events."""
