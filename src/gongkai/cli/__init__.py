"""The command line: `gongkai …`. It reads arguments, asks the law, and says the answer; no rule lives here."""
