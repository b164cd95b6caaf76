import io

from gongkai.cli.console import Console
from gongkai.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def console(err: io.StringIO, quiet: bool = False) -> Console:
    return Console("zh", io.StringIO(), err, colour=False, err_colour=False, width=80, quiet=quiet)


def test_a_terminal_sees_how_far_a_long_run_is():
    err = Terminal()
    assert list(progress("abcd", 4, console(err))) == list("abcd")
    assert "2/4" in err.getvalue()
    assert err.getvalue().endswith("\r\x1b[K")


def test_no_bar_for_one_file_or_a_file_or_the_quiet():
    for err, quiet, items in ((Terminal(), False, "a"), (io.StringIO(), False, "abcd"), (Terminal(), True, "abcd")):
        assert list(progress(items, len(items), console(err, quiet))) == list(items)
        assert err.getvalue() == ""
