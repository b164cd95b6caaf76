"""THE LAW: dated facts in, decisions out. Standard library only; nothing here asks the clock, the disk or the network."""
