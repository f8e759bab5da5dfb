# make demo   set up and run the whole way on the example book
# make examples   build every example book, each with its site, into out/
# make test   set up and run lint, types, import contracts and tests
# make coverage   the same tests, and how much of the code they go through: not below 90% of lines and branches
# make bench  measure speed against a named limit, and quality where labelled data is at hand
# make peers  install the tools that bench holds names against, where ICU can be compiled against
# make spark  install Spark, where there is Java 17, and hold it against DuckDB
# make soak   kill a writer 2,000 times: nothing acknowledged may be lost
# make docs   write the generated parts of the docs again
# make languages   bring the messages of code and templates into the catalogues of every language
.POSIX:
PYTHON = python3
BIN = .venv/bin
HABEAS = $(BIN)/habeas
BOOK = out/belarus
SUITE = $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -q

.PHONY: demo examples test coverage lint types style bench peers spark docs languages soak clean

demo: .venv/run.stamp
	@mkdir -p $(BOOK)
	@cp -R examples/belarus/. $(BOOK)/
	@$(BIN)/python -m habeas build -b $(BOOK)
	@printf '\n== Who was inside on 1 December 2025? (habeas ask inside --on 2025-12-01)\n\n'
	@$(HABEAS) ask inside --on 2025-12-01 -b $(BOOK)
	@printf '\n== How long was he held? (habeas ask case "Алесь Бяляцкі")\n\n'
	@$(HABEAS) ask case "Алесь Бяляцкі" -b $(BOOK)
	@printf '\n== 123 announced: how many are named, and where did they go? (habeas ask release BY-2025-12-13)\n\n'
	@$(HABEAS) ask release BY-2025-12-13 -b $(BOOK)
	@printf '\n== What was paid, by word and by law? (habeas ask deal BY-2025-12-13)\n\n'
	@$(HABEAS) ask deal BY-2025-12-13 -b $(BOOK)
	@printf '\n== One day, two counts (habeas ask reconcile --on 2025-09-30)\n\n'
	@$(HABEAS) ask reconcile --on 2025-09-30 -b $(BOOK)
	@printf '\n== Is the number in this article right? (habeas check articles/...)\n\n'
	@$(HABEAS) check $(BOOK)/articles/2025-12-17-wrong-number.txt -b $(BOOK)
	@printf '\nThe site is $(BOOK)/site/index.html\n'

examples: .venv/run.stamp
	@for book in examples/*/; do \
		name=$$(basename $$book); mkdir -p out/$$name && cp -R $$book/. out/$$name/ && \
		printf '\n== %s\n' $$name && $(BIN)/python -m habeas build -b out/$$name || exit 1; \
	done

test: .venv/dev.stamp
	$(BIN)/python tests/chromium.py
	$(MAKE) -j 2 lint
	$(SUITE)

# Tracing every branch makes the suite half as slow again on Python 3.11, so it is asked for by name.
coverage: .venv/dev.stamp
	$(BIN)/python tests/chromium.py
	$(SUITE) --cov --cov-report=term:skip-covered --cov-fail-under=90

lint: types style

types: .venv/dev.stamp
	$(BIN)/mypy

style: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_shape.py -k complex
	$(BIN)/python -m habeas.languages --check
	$(BIN)/python docs/generate.py --check

bench: .venv/dev.stamp
	$(BIN)/python bench/bench.py
	$(BIN)/python bench/estimate.py
	$(BIN)/python bench/unlisted.py --seeds 3
	$(BIN)/python bench/names.py
	$(BIN)/python bench/scale.py
	$(BIN)/python bench/answers.py
	$(BIN)/python bench/reach.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/claims.py
	$(BIN)/python bench/spotting.py
	$(BIN)/python bench/site.py
	$(BIN)/python bench/search.py

# nomenklatura needs PyICU, which has no wheel; an environment of its own keeps both out of ours.
peers: .venv/peers.stamp

# The same clusters on Spark as on DuckDB; `make test` runs this too from then on.
spark: .venv/spark.stamp
	$(BIN)/python -m pytest -q tests/contract/test_engines.py

# Kill a writer 2,000 times and lose nothing.
soak: .venv/dev.stamp
	$(BIN)/python tests/contract/crash.py 2000 1

docs: .venv/dev.stamp
	$(BIN)/python docs/generate.py

languages: .venv/dev.stamp
	$(BIN)/python -m habeas.languages

clean:
	rm -rf .venv out .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Pinned and hashed; only wheels, so no compiler is needed. pip comes first: an older one mistakes pins with extras.
.venv/run.stamp: constraints/pip.txt constraints/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/pip.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r constraints/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/peers.stamp: constraints/peers.txt .venv/dev.stamp
	@pkg-config --exists icu-i18n || { echo 'PyICU is compiled here: install libicu-dev, pkg-config and g++ (Debian)' >&2; exit 2; }
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/pip.txt
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/peers.txt
	touch $@

# PySpark has no wheel: it is built here, by a pinned setuptools and nothing else from outside.
.venv/spark.stamp: constraints/spark.txt .venv/dev.stamp
	@java -version 2>&1 | grep -q '"1[7-9]\.\|"2[0-9]\.' || { echo 'Spark needs Java 17 or newer: install openjdk-17-jre-headless' >&2; exit 2; }
	grep '^setuptools==' constraints/spark.txt > .venv/spark-build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/spark-build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r constraints/spark.txt
	touch $@

.venv/dev.stamp: constraints/pip.txt constraints/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/pip.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r constraints/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/run.stamp $@
