"""What building, starting and asking cost on this machine.

python -m eval.bench [--rounds N]

Absolute times differ between machines and days; the ratio to one encoder pass carries over.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from eval.questions import development, load

QUESTION = "金融业增加值目标是多少"
_START_LIMIT = 60.0


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of work on each of texts."""
    times = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def built(index_dir: Path) -> float:
    """Seconds of `planqa build` from nothing: a new process, no index."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "eval.cli", "build", "--fresh"]
    subprocess.run(command, check=True, env=_environment(index_dir), stdout=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - start


@contextmanager
def served(index_dir: Path) -> Iterator[tuple[psutil.Process, str, float]]:
    """A running service: its process, its address, and the seconds to its first answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "eval.cli", "serve", "--port", str(port)]
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603
        command,
        env=_environment(index_dir),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while True:
                try:
                    httpx.post(f"{address}/v1/ask", json={"question": QUESTION}).raise_for_status()
                    break
                except httpx.TransportError:
                    if process.poll() is not None or time.perf_counter() - start > _START_LIMIT:
                        raise
                    time.sleep(0.01)
            yield psutil.Process(process.pid), address, time.perf_counter() - start
        finally:
            process.terminate()


def poster(address: str) -> Callable[[str], object]:
    """A function that asks the service at address over one connection."""
    client = httpx.Client(base_url=address)
    return lambda question: client.post("/v1/ask", json={"question": question})


def _environment(index_dir: Path) -> dict[str, str]:
    return {**os.environ, "PLANQA_INDEX_DIR": str(index_dir)}


def main() -> None:
    """Measure and print, as Markdown."""
    from assistant.library import encoder, searcher
    from assistant.service import Assistant
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    rounds = parser.parse_args().rounds
    questions = [question.question for question in load(development())]
    with tempfile.TemporaryDirectory() as place:
        index_dir = Path(place)
        builds = [built(index_dir) for _ in range(rounds)]
        starts, resident, served_ms = [], 0.0, (0.0, 0.0)
        for _ in range(rounds):
            with served(index_dir) as (process, address, seconds):
                starts.append(seconds)
                served_ms = median_ms(poster(address), questions)
                resident = process.memory_info().rss / 2**20
        (folder,) = index_dir.glob("index-*")
        size = sum(path.stat().st_size for path in folder.iterdir())
        settings = Settings(index_dir=index_dir)
        model, assistant = encoder(None), Assistant(searcher(settings))
        passes, asks = [], []
        for _ in range(rounds):  # in turn, so that what else the machine does meets both alike
            passes.append(median_ms(model.query, questions)[0])
            asks.append(median_ms(assistant.ask, questions))
    one, ask, slow = (
        statistics.median(passes),
        statistics.median(p50 for p50, _ in asks),
        statistics.median(p95 for _, p95 in asks),
    )
    print(f"| what (median of {rounds}, {len(questions)} questions, {os.cpu_count()} cores) | |")
    print("|---|---|")
    print(f"| building the index from nothing | {statistics.median(builds):.1f} s |")
    print(f"| the saved index | {size / 1e6:.0f} MB |")
    print(f"| starting the server to its first answer | {statistics.median(starts):.2f} s |")
    print(f"| one encoder pass of a question, p50 | {one:.1f} ms |")
    print(f"| `ask` in process, p50 | {ask:.1f} ms ({ask / one:.2f} × one encoder pass) |")
    print(f"| `ask` in process, p95 | {slow:.1f} ms |")
    print(f"| `POST /v1/ask`, p50 / p95 | {served_ms[0]:.1f} / {served_ms[1]:.1f} ms |")
    print(f"| resident memory of the server after all questions | {resident:.0f} MiB |")


if __name__ == "__main__":
    main()
