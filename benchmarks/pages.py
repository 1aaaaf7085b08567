"""Claim: pages are small and quick, also with fifty readers at once, and memory stays flat.

    python benchmarks/pages.py [--sentences N] [--readers 50] [--seconds 60] [--pause 2]

Without ``--sentences`` the archive is the sample council, by its captions; with it, made-up speech
of so many sentences. The pages are served by ``matters serve`` as a process of its own and asked
over loopback. Prints: bytes of the first page as they are sent, with what it loads; milliseconds
until each kind of page is whole, for one reader (the first, then median and 95th of a hundred), and
milliseconds that the server worked for one, which others on the same machine do not change; then
all readers together, each going from page to page for so many seconds with a pause between two,
with errors and the server's memory before, half-way and after.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, quote_plus

import httpx

ROOT = Path(__file__).resolve().parents[1]
ONE_READER = 100


def main() -> None:
    """Builds, serves, measures, prints."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sentences", type=int, default=0)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--pause", type=float, default=2.0, help="seconds that a reader reads")
    asked.add_argument("--home", type=Path, help="an archive that is there already")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or made(Path(folder) / "home", args.sentences)
        server, address = serve(home)
        try:
            pages = kinds_of_page(address)
            first_page(address)
            one_reader(address, pages, server.pid)
            many_readers(address, pages, args, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def made(home: Path, sentences: int) -> Path:
    """An archive to read."""
    sys.path.insert(0, str(ROOT))
    if not sentences:
        from tests.sample_home import make_home

        return make_home(home)
    from made_archive import SENTENCES, Speech, meetings

    from warehouse import store

    store.load(home, meetings(Speech(), sentences // SENTENCES))
    return home


def serve(home: Path) -> tuple[subprocess.Popen[str], str]:
    """The command as an operator runs it, at a free port."""
    command = "from matters_arising.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--port", "0", "--home", str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    found = re.search(r"http://\S+:\d+", server.stdout.readline())
    assert found, "the server did not start"
    address = found[0]
    for _ in range(100):
        try:
            httpx.get(address)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    return server, address


def kinds_of_page(address: str) -> dict[str, str]:
    """One address of each kind, taken from what the archive holds."""
    with httpx.Client(base_url=address, timeout=60) as reader:
        meeting = reader.get("/index.json").json()["meetings"][0]
        where = f"/meeting/{quote(meeting['meeting_id'])}"
        said = reader.get(f"{where}.json").json()["transcript"][3]
        words = [w.strip(".,?!") for w in said["text"].split() if len(w) > 4][:2]
        committee = reader.get("/committees.json").json()["committees"][0]["key"]
        entries = reader.get("/recommendations.json?state=all").json()["recommendations"]
        threads = reader.get("/concerns.json").json()["threads"]
        page = reader.get(f"/search?q={quote_plus(words[0])}").text
        person = re.search(r'"(/person/[^"]+)"', page)
    quotation = f"{said['transcript_version'][:8]}-{said['utterance_id']}"
    pages = {
        "front": "/",
        "search, one word": f"/search?q={quote_plus(words[0])}",
        "search, two words": f"/search?q={quote_plus(' '.join(words))}",
        "meeting": where,
        "meeting, at a second": f"{where}?t=60",
        "meeting, find": f"{where}?find={quote_plus(words[0])}",
        "quotation": f"/said/{quote(meeting['meeting_id'])}/{quote(quotation)}",
        "committees": "/committees",
        "committee": f"/committee/{committee}",
        "concerns": "/concerns",
        "recommendations": "/recommendations",
        "trends": f"/trends?q={quote_plus(words[0])}",
        "concordance": f"/concordance?q={quote_plus(words[0])}",
        "about": "/about",
    }
    if person:
        pages["person"] = person[1]
    if entries:
        pages["recommendation"] = f"/recommendation/{entries[0]['reference']}"
    if threads:
        pages["concern"] = f"/concern/{threads[0]['thread_id']}"
    return pages


def first_page(address: str) -> None:
    """What a browser fetches for the front page."""
    with httpx.Client(base_url=address) as reader:
        page = reader.get("/")
        loads = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        sent = {path: _sent(reader, path) for path in ("/", *loads)}
    for path, count in sent.items():
        print(f"{count:>8} bytes  {path}")
    print(f"{sum(sent.values()):>8} bytes  the first page in all\n")


def _sent(reader: httpx.Client, path: str) -> int:
    with reader.stream("GET", path) as answer:
        return sum(len(part) for part in answer.iter_raw())


def one_reader(address: str, pages: dict[str, str], server: int) -> None:
    """Milliseconds of each page for somebody who is alone; ``cpu`` is what the server worked."""
    print(f"{'page':<22}{'kB':>7}{'first':>8}{'median':>8}{'95th':>8}{'cpu':>7}   ms, one reader")
    with httpx.Client(base_url=address, timeout=120) as reader:
        for name, path in pages.items():
            first, _ = _timed(reader, path)
            size, worked = _sent(reader, path) / 1000, _cpu_ms(server)
            times = sorted(_timed(reader, path)[0] for _ in range(ONE_READER))
            worked = (_cpu_ms(server) - worked) / ONE_READER
            shown = (first, median(times), quantiles(times, n=20)[-1])
            middle = "".join(f"{taken:>8.0f}" for taken in shown)
            print(f"{name:<22}{size:>7.1f}{middle}{worked:>7.0f}", flush=True)


def _cpu_ms(pid: int) -> float:
    """How long a process has worked, on all cores together."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _timed(reader: httpx.Client, path: str) -> tuple[float, int]:
    started = time.perf_counter()
    status = reader.get(path).status_code
    return (time.perf_counter() - started) * 1000, status


def many_readers(
    address: str, pages: dict[str, str], args: argparse.Namespace, server: int
) -> None:
    """Everybody at once, each reading for a moment what came."""
    readers, seconds, pause = args.readers, args.seconds, args.pause
    times: dict[str, list[float]] = defaultdict(list)
    wrong: list[object] = []
    until = time.monotonic() + seconds

    def read(number: int) -> None:
        with httpx.Client(base_url=address, timeout=120) as reader:
            turn, chance = number, random.Random(number)
            while time.monotonic() < until:
                name = list(pages)[turn % len(pages)]
                turn += 1
                try:
                    taken, status = _timed(reader, pages[name])
                except httpx.HTTPError as fault:
                    wrong.append(repr(fault))
                    continue
                finally:
                    time.sleep(chance.uniform(0.5, 1.5) * pause)
                times[name].append(taken)
                if status != 200:
                    wrong.append((name, status))

    before = _megabytes(server)
    half: list[float] = []
    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    half.append(_megabytes(server))
    for thread in threads:
        thread.join()
    every = sorted(t for some in times.values() for t in some)
    high = quantiles(every, n=20)[-1]
    print(
        f"\n{readers} readers for {seconds:g} s, each with {pause:g} s between pages: {len(every)} "
        f"pages, {len(every) / seconds:.0f} a second; median {median(every):.0f} ms, 95th "
        f"{high:.0f} ms; {len(wrong)} errors; memory {before:.0f} MB before, {half[0]:.0f} "
        f"half-way, {_megabytes(server):.0f} after"
    )
    for fault in wrong[:5]:
        print("  ", fault)


def _megabytes(pid: int) -> float:
    """What the process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else float("nan")


if __name__ == "__main__":
    main()
