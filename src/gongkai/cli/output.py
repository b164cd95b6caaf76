"""Where a command's result goes: into a file, whole or not at all, or on into a pipe."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.cli.console import Stop
from gongkai.documents.writers.whole import whole

STANDARD_STREAM = "-"


@contextmanager
def written_whole(output: str, *, sources: tuple[str, ...] = ()) -> Iterator[Path]:
    """A path to write to, which takes the place of `output` only when the block ends well.

    A file grows beside the output, so a full disk or an error leaves what was there before. `-` and things that are no
    files (a pipe, `/dev/null`) get the finished bytes. `sources` are never overwritten.
    Errors: Stop, when the output can't be written or is one of the sources.
    """
    target = None if output == STANDARD_STREAM else Path(output).resolve()
    if target is not None:
        _refuse_folder(target)
        _refuse_source(target, sources)
    try:
        if target is not None and (target.is_file() or not target.exists()):
            with whole(target) as unfinished:
                yield unfinished
        else:
            with TemporaryDirectory() as folder:
                unfinished = Path(folder) / f"output{target.suffix if target else ''}"
                unfinished.touch()
                yield unfinished
                _pour(unfinished, target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(output, error) from error


def _pour(grown: Path, target: Path | None) -> None:
    with grown.open("rb") as content:
        if target is None:
            sys.stdout.flush()
            shutil.copyfileobj(content, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with target.open("wb") as stream:
                shutil.copyfileobj(content, stream)


def _refuse_folder(target: Path) -> None:
    if target.is_dir():
        raise Stop(f"输出 {target} 是文件夹。请写明文件名。", f"The output {target} is a folder. Name a file in it.")


def _refuse_source(target: Path, sources: tuple[str, ...]) -> None:
    for source in sources:
        if target.exists() and Path(source).exists() and target.samefile(source):
            raise Stop(
                f"输出 {target} 就是被读取的文件，原件不能覆盖。请换一个文件名。",
                f"The output {target} is the file being read; an original is never overwritten. Choose another name.",
            )


def _unwritable(output: str, error: OSError) -> Stop:
    reasons = {
        errno.ENOSPC: (
            "磁盘已满，没有留下写了一半的文件。请腾出空间后重试",
            "the disk is full; no half-written file was left. Free some space",
        ),
        errno.EDQUOT: (
            "磁盘配额已用完，没有留下写了一半的文件",
            "the disk quota is used up; no half-written file was left",
        ),
        errno.EFBIG: (
            "文件超过允许的大小，没有留下写了一半的文件",
            "the file is larger than allowed; no half-written file was left",
        ),
        errno.ENOENT: ("所在的文件夹不存在。请先建立它", "its folder does not exist. Make it first"),
        errno.ENOTDIR: ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        errno.EACCES: ("没有写入权限。请换一个位置", "no permission to write there. Choose another place"),
        errno.EPERM: ("没有写入权限。请换一个位置", "no permission to write there. Choose another place"),
        errno.EROFS: ("所在的磁盘是只读的。请换一个位置", "its disk is read-only. Choose another place"),
        errno.ENAMETOOLONG: ("文件名太长", "its name is too long"),
    }
    chinese, english = reasons.get(error.errno or 0, (str(error), str(error)))
    return Stop(f"无法写入 {output}：{chinese}。", f"Can't write {output}: {english}.")
