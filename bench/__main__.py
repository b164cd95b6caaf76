"""`python -m bench` (what `make bench` runs): accuracy into docs/accuracy.md, then speed onto the terminal."""

from __future__ import annotations

import sys

from bench import accuracy, speed

faults = accuracy.main([])
print()
speed.main(sys.argv[1:])
sys.exit(faults)
