"""What a proof says: where a copy still holds what it should not, and where no program can look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.documents.model import Refusal

Code = Literal["LEAK", "LEAK-PART", "UNREADABLE", "OLD-PICTURES", "SAME-FILE", "NOT-IN-ORIGINAL", "TOO-SHORT"]


@dataclass(frozen=True, slots=True)
class Leak:
    """One reason why a copy may not go out.

    `where` is the place in words; `string` counts the withheld strings from 0 and is None where no single one is meant.
    """

    code: Code
    where: str
    string: int | None = None

    def in_chinese(self) -> str:
        """The reason as a sentence that says what to do."""
        return _SENTENCES[self.code].format(number=0 if self.string is None else self.string + 1, where=self.where)


_SENTENCES: dict[Code, str] = {
    "LEAK": "第{number}项应当隐去的文字仍在文件里：{where}。盖住、改成白色或者隐藏都不是删除，请把文字真正删去后重新导出。",
    "LEAK-PART": "第{number}项应当隐去的段落没有删干净，仍有成句的文字：{where}。请删去后重新导出。",
    "UNREADABLE": "有一处内容读不出来，无法证明其中没有应当隐去的文字：{where}。请换一种方式重新导出（例如打印成新的PDF）。",
    "OLD-PICTURES": "文件里留有现在已经不显示的旧图片，可能就是处理前的页面：{where}。请“另存为”或者打印成一份新的PDF。",
    "SAME-FILE": "处理后的文件和原件是同一个文件{where}，没有作任何区分处理。请上传处理后的那一份。",
    "NOT-IN-ORIGINAL": "原件里没有找到第{number}项文字{where}。请对照原件检查是否写错：写错的文字，核对不出遗漏。",
    "TOO-SHORT": "第{number}项太短{where}，只有一个字无法核对。请连同前后的字一起写。",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of looking through a copy.

    `looks` are places no program reads (pixels of pictures), for a person to look at, in Chinese; `refusal` says why the
    copy could not be looked through at all.
    """

    copy_sha256: str
    original_sha256: str
    leaks: tuple[Leak, ...] = ()
    looks: tuple[str, ...] = ()
    refusal: Refusal | None = None

    @property
    def is_clean(self) -> bool:
        """Whether nothing withheld was found in whatever a program can read; the `looks` are still a person's."""
        return self.refusal is None and not self.leaks
