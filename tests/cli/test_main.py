import json
import os
import signal
import subprocess
import sys
import time

import pytest

from gongkai.cli.main import main
from tests.samples import EXAMPLE

HEAVY = (
    "lxml",
    "docx",
    "pdfplumber",
    "openpyxl",
    "xlsxwriter",
    "typst",
    "PIL",
    "multiprocessing",
    "gongkai.regulation",
)


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environ}, check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["report", "read", "--help"]])
def test_help_loads_nothing_that_it_does_not_need(arguments):
    code = (
        "import sys\nfrom gongkai.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "loaded: []"


def test_reading_a_text_does_not_load_the_libraries_of_other_formats():
    code = (
        "import sys\nfrom gongkai.cli.main import main\n"
        f"main(['report', 'read', {str(EXAMPLE)!r}])\n"
        "print('loaded:', [n for n in ('docx', 'pdfplumber', 'openpyxl', 'typst', 'xlsxwriter') if n in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "还缺少参数：命令"),
        (["report", "read"], "还缺少参数：文件"),
        (["report", "render", "a.txt", "-o", "b", "--to", "png"], "--to 不能是“png”，可以是："),
        (["report", "read", "a.txt", "--year"], "--year 后面要有一个值"),
        (["report", "read", "a.txt", "--year", "去年"], "--year 要是整数，不能是“去年”"),
        (["report", "read", "a.txt", "--colour"], "不认识的参数：--colour"),
        (["report", "check", "a.txt", "--jobs", "0"], "--jobs：要是 1 或更大的整数，不能是“0”"),
        (["report", "reed", "a.txt"], "不能是“reed”，可以是："),
    ],
)
def test_wrong_arguments_are_explained_with_status_2(arguments, told, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    complaint = capsys.readouterr().err
    assert told in complaint
    assert "--help" in complaint


def test_help_is_chinese_and_english_under_lang_c():
    assert "用法：" in run("--help").stdout.decode()
    assert "usage:" in run("--help", LANG="C").stdout.decode()


def test_output_is_utf_8_whatever_the_locale():
    answer = run("report", "read", str(EXAMPLE), "--format", "json", LANG="C", LC_ALL="C", PYTHONUTF8="0")
    assert json.loads(answer.stdout.decode("utf-8"))["agency"].startswith("青溪县")


def test_a_reader_that_goes_away_is_no_error():
    command = [sys.executable, "-m", "gongkai", "report", "check", *[str(EXAMPLE)] * 400, "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_a_full_disk_behind_standard_output_is_told():
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "gongkai", "report", "read", str(EXAMPLE)]
        process = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert process.returncode == 2
    assert "读写失败" in process.stderr.decode()
    assert "Traceback" not in process.stderr.decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_says_so_and_ends_with_130(jobs):
    command = [sys.executable, "-m", "gongkai", "report", "check", *[str(EXAMPLE)] * 4000, "--jobs", jobs]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Tests started in the background have SIGINT ignored, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    process.stdout.readline()
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 130
    assert complaint.decode().strip() == "已中断。"
