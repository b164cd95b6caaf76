"""`python -m gongkai` is the `gongkai` command."""

from gongkai.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
