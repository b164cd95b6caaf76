"""Run and look after an installation: `gongkai serve`, `gongkai doctor`."""
