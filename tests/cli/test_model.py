"""`habeas check --model`, held against a real server on this machine that answers well, badly, late or not at all."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import UsageError
from habeas.ledger import open_ledger
from habeas.nouns import Team
from habeas.pipeline import Model, build, casebook, checked
from habeas.pipeline.model import ask_model
from habeas.readers import load_book
from tests.cli.conftest import Run, small_book

pytest.importorskip("pydantic_ai")
TEXT = "On 1 June 2023 the sky was seen again by 5 people. Placeholder Alphaev was one of the 5 released."
GOOD = {"quote": "seen again by 5 people", "kind": "count_released", "value": {"n": 5}}
LIE = {"quote": "seen again by 50 people", "kind": "count_released", "value": {"n": 50}}
WRONG = {"quote": "seen again by 5 people", "kind": "count_released", "value": {"n": 50}}
NOBODY = {"quote": "one of the 5 released", "kind": "membership", "value": {"person": "Nemo Nullius", "member": True}}
DEAL = {
    "quote": "the sky was seen again by 5 people",
    "kind": "deal",
    "value": {"get": "sanctions relief"},
}
OFFICE = {"quote": "Placeholder Alphaev", "kind": "office_tenure", "value": {"ordinal_term": 7}}
SECRETS = ("org-secret", "project-secret", "key-secret", "x-stainless")

Answer = Callable[[int], tuple[int, dict[str, str], bytes]]


def said(content: str) -> tuple[int, dict[str, str], bytes]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    shape = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return 200, {"content-type": "application/json"}, json.dumps(shape).encode()


def claims(*rows: Any) -> tuple[int, dict[str, str], bytes]:
    return said(json.dumps({"claims": rows}))


@dataclass
class Server:
    url: str = ""
    answer: Answer = field(default=lambda _: claims())
    heard: list[tuple[str, str]] = field(default_factory=list)  # headers, body


@pytest.fixture
def server() -> Iterator[Server]:
    fake = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            fake.heard.append((str(self.headers), body))
            status, headers, content = fake.answer(len(fake.heard))
            try:
                self.send_response(status)
                for name, value in (*headers.items(), ("content-length", str(len(content)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # the other side gave up

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        fake.url = f"http://127.0.0.1:{http.server_port}/v1"
        yield fake
        http.shutdown()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = load_book(small_book(tmp_path_factory.mktemp("model") / "book"))
    build(book, now=datetime(2023, 6, 5, tzinfo=UTC))
    (book.folder / "articles" / "two.txt").write_text(f"published: 2023-06-03\n---\n{TEXT}", encoding="utf-8")
    return book.folder


@pytest.fixture
def check(run: Run, built: Path, server: Server) -> Callable[[], dict[str, Any]]:
    def asked() -> dict[str, Any]:
        two = built / "articles" / "two.txt"
        done = run("check", two, "--model", server.url, "--model-name", "m", "--json", "-b", built)
        assert done.code == 0, done.err
        assert "asking m at 127.0.0.1 (on this machine): it gets the article's text" in done.err
        shape: dict[str, Any] = json.loads(done.out)
        return shape

    return asked


def test_true_proposals_are_marked_and_planted_errors_are_listed(
    run: Run, built: Path, server: Server, check: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, f"{name.split('_')[1].lower()}-secret".replace("api", "key"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answer = lambda _: claims(GOOD, LIE, WRONG, NOBODY, DEAL, OFFICE, "nonsense")
    found = check()
    proposed = [c for c in found["claims"] if "proposed" in c["flags"]]
    assert [(c["quote"], c["value"]["n"]) for c in proposed] == [("seen again by 5 people", 5)]
    assert [r["reason"] for r in found["rejected"]] == [
        "the quote does not stand in the text",
        "the model says n 50; the quote says 5",
        "Nemo Nullius is not named in the sentence or the two before it",
        "the model says get sanctions relief; the text says nothing of it",
        "no office of state on record for Placeholder Alphaev",
        "it quotes nothing",
    ]
    headers, body = server.heard[0]
    # It gets the text and no word of the record, of the environment or of this machine.
    sent = json.loads(body)
    assert sent["messages"][-1]["content"] == TEXT
    assert "tools" not in sent
    assert [word for word in ("Betaev", "Gammaev", "Publisher A") if word in body] == []
    assert [word for word in SECRETS if word in headers.lower()] == []
    shown = run("check", built / "articles" / "two.txt", "--model", server.url, "--model-name", "m", "-b", built).out
    assert "proposed by the model" in shown
    assert "Proposed by the model and refused" in shown


@pytest.mark.parametrize(
    ("answer", "problem", "questions"),
    [
        (lambda _: said("Certainly! Here are the claims: {"), "had not the shape asked for", 2),
        (lambda _: said('{"claims": "all true"}'), "had not the shape asked for", 2),
        (lambda _: (500, {}, b"boom"), "answered 500", 1),
        (lambda _: (401, {}, b"{}"), "answered 401", 1),
        (lambda _: (200, {"content-type": "text/html"}, b"<html>a portal</html>"), "", 0),
        (lambda _: (200, {"content-type": "application/json"}, b"\xff\xfe{"), "", 0),
    ],
)
def test_an_answer_that_cannot_be_used_costs_nothing_we_found(
    server: Server, check: Callable[[], dict[str, Any]], answer: Answer, problem: str, questions: int
) -> None:
    server.answer = lambda _: claims()
    alone = check()
    server.heard.clear()
    server.answer = answer
    found = check()
    assert found["claims"] == alone["claims"]
    assert (len(found["problems"]), found["rejected"]) == (len(alone["problems"]) + 1, [])
    assert problem in found["problems"][-1] or problem in found["problems"][0]
    assert not questions or len(server.heard) == questions


def test_a_malformed_answer_is_asked_for_once_more(server: Server, check: Callable[[], dict[str, Any]]) -> None:
    server.answer = lambda n: said("no JSON") if n == 1 else claims(GOOD)
    assert any("proposed" in c["flags"] for c in check()["claims"])


def test_a_slow_and_a_dead_server_are_said(server: Server) -> None:
    def late(_: int) -> tuple[int, dict[str, str], bytes]:
        time.sleep(1.5)
        return claims()

    server.answer = late
    slow = ask_model(Model(url=server.url, name="m", timeout=0.3), TEXT, "a.txt")
    assert [p.what for p in slow.problems] == ["the model's server gave no answer in 0.3 s (part 1 of 1)"]
    dead = ask_model(Model(url="http://127.0.0.1:9/v1", name="m"), (TEXT + "\n") * 200, "a.txt")
    assert [p.what for p in dead.problems] == ["the model's server is not reached (part 1 of 4)"]
    assert dead.proposals == ()


def test_a_redirect_to_elsewhere_is_not_followed(server: Server) -> None:
    server.answer = lambda _: (307, {"location": "http://localhost:1/v1/chat/completions"}, b"")
    found = ask_model(Model(url=server.url, name="m"), TEXT, "a.txt")
    assert (len(server.heard), len(found.problems)) == (1, 1)
    assert "answered 307" in found.problems[0].what


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "https://models.example.org/v1", "--model-name", "m"), "models.example.org is another machine"),
        (("--model", "http://models.example.org/v1", "--model-name", "m", "--send"), "use https"),
        (("--model", "http://localhost.example.org/v1", "--model-name", "m"), "is another machine"),
        (("--model", "http://127.0.0.1@example.org/v1", "--model-name", "m"), "example.org is another machine"),
        (("--model", "localhost:11434", "--model-name", "m"), "takes the address of an OpenAI-compatible server"),
        (("--model", "http://localhost:11434/v1"), "--model needs --model-name"),
        (("--model-name", "m"), "go with --model URL"),
        (("--send",), "go with --model URL"),
    ],
)
def test_nothing_leaves_this_machine_unless_asked_for(
    run: Run, built: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("check", built / "articles" / "two.txt", *arguments, "-b", built)
    assert (done.code, said in done.err, "it gets" in done.err) == (2, True, False), done.err


def test_who_is_kept_back_is_sent_nowhere(run: Run, tmp_path: Path) -> None:
    """Even when sending was asked for."""
    built = small_book(tmp_path / "book")
    assert run("build", "-b", built).code == 0
    case = json.loads(run("ask", "case", "Placeholder Alphaev", "--json", "-b", built).out)["case"]
    why = ("--reason", "asked", "--review-on", "2099-01", "-b", built)
    assert run("restrict", case, "--to", "team", *why).code == 0
    book = load_book(built)
    far = Model(url="https://models.example.org/v1", name="m", send=True)
    kept = built / "articles" / "kept.txt"
    kept.write_text("Placeholder Alphaev is free.", encoding="utf-8")
    keys = Path(os.environ["HABEAS_KEYS"])
    with open_ledger(book.ledger, today=date(2023, 6, 5), keys=keys, book=book) as ledger:
        cases = casebook(book, ledger, Team)
        with pytest.raises(UsageError, match=r"is not sent to models\.example\.org"):
            checked(kept, book, ledger, cases, published=None, today=date(2023, 6, 5), model=far)
