# Everything a person does with a checkout. Needs Python 3.11 or later and make, nothing else.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
EXAMPLE := docs/example/qingxi-2020.txt
OUT := build/example
COMPILED := build/qingxi-2020
PORT := 8000
DEMONSTRATION := GONGKAI_DATA=var/demonstration GONGKAI_DEMONSTRATION=1 GONGKAI_SITE_URL=http://127.0.0.1:$(PORT)
BENCHES := $(filter-out __init__,$(patsubst bench/%.py,%,$(wildcard bench/*.py)))

.DEFAULT_GOAL := help
.PHONY: help start test test-postgresql check bench docs lock clean

help: ## 列出这些命令 · list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

start: $(RUNTIME) ## 样例报告、演示县从台账编制的年报、网站和工作平台 · the sample report, the demonstration county's own, its site and desk
	@mkdir -p $(OUT)
	@$(BIN)/gongkai report check $(EXAMPLE)
	@for format in html docx pdf xlsx json; do \
	  $(BIN)/gongkai report render $(EXAMPLE) --to $$format -o $(OUT)/qingxi-2020.$$format --quiet || exit $$?; \
	done
	@echo "样例报告已读取、核对并重排，文件在 $(OUT)/ · the sample report, read, checked and rendered, is there"
	@echo "读您自己的报告 · now your own:  $(BIN)/gongkai report read 文件"
	@echo
	@$(DEMONSTRATION) $(BIN)/gongkai demo
	@$(DEMONSTRATION) $(BIN)/gongkai report compile --year 2020 -o $(COMPILED)
	@$(DEMONSTRATION) $(BIN)/gongkai serve --port $(PORT)

test: $(DEV) ## 运行测试；SLOW=1 加上长时间的扫测 · run the tests; SLOW=1 adds the long sweeps
	$(BIN)/pytest -n 2 $(if $(SLOW),-m "slow or not slow")

test-postgresql: $(DEV) ## 在本机的 PostgreSQL 上测试办公室 · test the office on a PostgreSQL of this machine
	$(BIN)/python -m tests.office.postgresql $(BIN)/pytest -q -n 2 tests/office

check: $(DEV) ## 格式、类型、分层、文档与数据约定 · style, types, layers, contracts of docs and data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/contracts

bench: $(DEV) ## 量准确率与速度，写入 docs/accuracy.md · measure accuracy and speed
	@set -e; for part in $(BENCHES); do echo "== $$part"; $(BIN)/python -m bench.$$part; done

docs: $(DEV) ## 重新生成由数据而来的文档页 · regenerate the pages made from data
	$(BIN)/python -m docs.generate

lock: $(DEV) ## 重新锁定依赖版本与哈希 · lock dependencies with hashes again
	$(BIN)/uv pip compile $(LOCKING) --extra parquet --group build -o requirements/runtime.txt pyproject.toml
	$(BIN)/uv pip compile $(LOCKING) --extra parquet --group build --group dev -c requirements/runtime.txt -o requirements/dev.txt pyproject.toml

# --universal: one lock for every system; the index that happens to be configured here is not part of it.
LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links

clean: ## 删除虚拟环境和生成的文件 · delete the virtual environment and generated files
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "无法建立虚拟环境。Debian、Ubuntu 上请先执行：apt install python3-venv" >&2; \
	    echo "The virtual environment can't be made. On Debian and Ubuntu first: apt install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "没有找到 Python 3.11 或更高版本。请先安装，或指明它在哪里：make PYTHON=/路径/python3.11" >&2; \
	echo "No Python 3.11 or later was found. Install one, or say where it is: make PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "安装锁定的依赖 · installing the locked dependencies …"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "安装开发工具 · installing the development tools …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
