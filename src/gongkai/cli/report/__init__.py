"""`gongkai report …`: one module a command, each with `run(options, console) -> exit status`."""
