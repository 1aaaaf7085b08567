"""Claim: pages are small and quick, also with fifty readers at once, and memory stays flat.

    python benchmarks/pages.py [--sentences N] [--readers 50] [--seconds 300] [--pause 2] [--anew]

Without ``--sentences`` the archive is the sample council, by its captions; with it, made-up speech
of so many sentences. The pages are served by ``matters serve`` as a process of its own and asked
over loopback. Prints: bytes of the first page as they are sent, with what it loads; milliseconds
until each kind of page is whole, for one reader: the first, then median and 95th of thirty that are
each made anew, and of thirty that were made before; milliseconds that the server worked to make
one, which others on the same machine do not change. Then all readers together, each going from page
to page of many (other words, meetings, people) for so many seconds with a pause between two: how
many pages were asked for the first time, errors, median and 95th, and the server's memory over
time. Fails where a kind of page is missing or takes too long, and where anything went wrong. With
``--anew`` every page of every reader is made anew, as if no two ever asked for the same.
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
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, quote_plus

import httpx

ROOT = Path(__file__).resolve().parents[1]
ONE_READER = 30  # pages of each kind
OF_A_KIND = 40  # addresses that readers choose from, where the archive has so many
MOST_95TH_MS = 500  # with everybody at once
MOST_MS = {False: 150, True: 400}  # a page is to take, on the sample and on a large archive


def main() -> None:
    """Builds, serves, measures, prints."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sentences", type=int, default=0)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=300.0)
    asked.add_argument("--pause", type=float, default=2.0, help="seconds that a reader reads")
    asked.add_argument("--anew", action="store_true", help="no page is asked for twice")
    asked.add_argument("--home", type=Path, help="an archive that is there already")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or made(Path(folder) / "home", args.sentences)
        server, address = serve(home)
        try:
            pages = kinds_of_page(address)
            check_whole(pages)
            first_page(address)
            large = bool(args.sentences or args.home)
            missed = one_reader(address, pages, server.pid, MOST_MS[large])
            missed += many_readers(address, pages, args, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)
    if missed:
        sys.exit("; ".join(missed))


def made(home: Path, sentences: int) -> Path:
    """An archive to read."""
    sys.path.insert(0, str(ROOT))
    if not sentences:
        from tests.sample_home import make_home

        return make_home(home)
    from benchmarks.made_archive import SENTENCES, Speech
    from benchmarks.made_register import references, worked
    from models.following.linking import LikenessLinker
    from warehouse import store

    count = sentences // SENTENCES
    store.load(home, worked(Speech(), count), references=references(count), linker=LikenessLinker())
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


def kinds_of_page(address: str) -> dict[str, list[str]]:
    """Addresses of each kind, taken from what the archive holds."""
    with httpx.Client(base_url=address, timeout=60) as reader:
        meetings = [m["meeting_id"] for m in reader.get("/index.json").json()["meetings"]]
        where = [f"/meeting/{quote(meeting_id)}" for meeting_id in meetings]
        said = reader.get(f"{where[0]}.json").json()["transcript"]
        committees = reader.get("/committees.json").json()["committees"]
        entries = reader.get("/recommendations.json?state=all").json()["recommendations"]
        threads = reader.get("/concerns.json").json()["threads"]
        words = spoken(said)
        found = [reader.get(f"/search?q={quote_plus(word)}").text for word in words[:5]]
    people = sorted({p for page in found for p in re.findall(r'"(/person/[^"]+)"', page)})
    names = [f"{s['transcript_version'][:8]}-{s['utterance_id']}" for s in said]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    pages = {
        "front": ["/"],
        "search, one word": [f"/search?q={quote_plus(word)}" for word in words],
        "search, two words": [f"/search?q={quote_plus(pair)}" for pair in pairs],
        "meeting": where,
        "meeting, at a second": [f"{w}?t={t}" for w in where for t in (10, 60, 120, 300)],
        "meeting, find": [f"{where[0]}?find={quote_plus(word)}" for word in words],
        "quotation": [f"/said/{quote(meetings[0])}/{quote(name)}" for name in names],
        "committees": ["/committees"],
        "committee": [f"/committee/{c['key']}" for c in committees],
        "concerns": ["/concerns"],
        "concern": [f"/concern/{t['thread_id']}" for t in threads],
        "recommendations": ["/recommendations"],
        "recommendation": [f"/recommendation/{e['reference']}" for e in entries],
        "person": people,
        "trends": [f"/trends?q={quote_plus(word)}" for word in words],
        "concordance": [f"/concordance?q={quote_plus(word)}" for word in words],
        "search, twin": [f"/search.json?q={quote_plus(word)}" for word in words],
        "subtitles": [f"{w}/transcript.vtt" for w in where],
        "floated": ["/floated"],
        "corrections": ["/corrections"],
        "about": ["/about"],
    }
    return {name: addresses[:OF_A_KIND] for name, addresses in pages.items()}


def check_whole(pages: dict[str, list[str]]) -> None:
    """A kind of page that the archive has none of would pass as fast."""
    if missing := [name for name, addresses in pages.items() if not addresses]:
        sys.exit(f"the archive has no page of the kinds {', '.join(missing)}")


def spoken(said: list[dict[str, str]]) -> list[str]:
    """Words of a transcript, each once."""
    words = (word.strip(".,?!").lower() for row in said for word in row["text"].split())
    return list(dict.fromkeys(word for word in words if len(word) > 4))[: OF_A_KIND + 1]


def anew(path: str, mark: object) -> str:
    """The same page under an address at which it was never asked for."""
    return f"{path}{'&' if '?' in path else '?'}anew={mark}"


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


def one_reader(address: str, pages: dict[str, list[str]], server: int, most_ms: int) -> list[str]:
    """Milliseconds of each kind of page for somebody who is alone; those that take too long."""
    heads = ("kB", "first", "made", "95th", "cpu", "kept", "95th")
    print(f"{'page':<22}{''.join(f'{head:>8}' for head in heads)}   ms, one reader")
    slow = []
    with httpx.Client(base_url=address, timeout=120) as reader:
        for name, (path, *_) in pages.items():
            first, _ = _timed(reader, path)
            size, worked = _sent(reader, path) / 1000, _cpu_ms(server)
            made = [_timed(reader, anew(path, n))[0] for n in range(ONE_READER)]
            worked = (_cpu_ms(server) - worked) / ONE_READER
            kept = [_timed(reader, path)[0] for _ in range(ONE_READER)]
            shown = (first, median(made), _high(made), worked, median(kept), _high(kept))
            told = "".join(f"{value:>8.1f}" for value in (size, *shown))
            print(f"{name:<22}{told}", flush=True)
            if median(made) > most_ms:
                slow.append(name)
    print(f"made in under {most_ms} ms: {'all but ' + ', '.join(slow) if slow else 'every page'}")
    return [f"{name} takes over {most_ms} ms" for name in slow]


def _high(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _cpu_ms(pid: int) -> float:
    """How long a process has worked, on all cores together."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _timed(reader: httpx.Client, path: str) -> tuple[float, int]:
    started = time.perf_counter()
    status = reader.get(path).status_code
    return (time.perf_counter() - started) * 1000, status


@dataclass
class Heard:
    """What all readers met with: milliseconds of each page, whether it was new, what went wrong."""

    times: list[float] = field(default_factory=list)
    by_kind: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)
    wrong: list[object] = field(default_factory=list)


def many_readers(
    address: str, pages: dict[str, list[str]], args: argparse.Namespace, server: int
) -> list[str]:
    """Everybody at once, each reading for a moment what came; what was not as it is to be."""
    heard, memory, until = Heard(), [_megabytes(server)], time.monotonic() + args.seconds
    threads = [
        threading.Thread(target=read, args=(address, pages, args, heard, number, until))
        for number in range(args.readers)
    ]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        time.sleep(args.seconds / 10)
        memory.append(_megabytes(server))
    for thread in threads:
        thread.join()
    print(
        f"\n{args.readers} readers for {args.seconds:g} s, each with {args.pause:g} s between "
        f"pages: {len(heard.times)} pages, {len(heard.times) / args.seconds:.0f} a second, of "
        f"which {len(heard.seen)} were asked for the first time; median "
        f"{median(heard.times):.0f} ms, 95th {_high(heard.times):.0f} ms; {len(heard.wrong)} errors"
    )
    slowest = sorted(heard.by_kind, key=lambda kind: -_high([0.0, *heard.by_kind[kind]]))[:5]
    for kind in slowest:
        print(f"   95th of {kind}: {_high([0.0, *heard.by_kind[kind]]):.0f} ms")
    print(f"memory, MB, each tenth of the time: {' '.join(f'{value:.0f}' for value in memory)}")
    for fault in heard.wrong[:5]:
        print("  ", fault)
    wrong = [f"{len(heard.wrong)} errors"] if heard.wrong else []
    return wrong + (
        [f"the 95th takes over {MOST_95TH_MS} ms"] if _high(heard.times) > MOST_95TH_MS else []
    )


def read(
    address: str,
    pages: dict[str, list[str]],
    args: argparse.Namespace,
    heard: Heard,
    number: int,
    until: float,
) -> None:
    """One reader, who goes through the kinds of page in turn and takes one of each by chance."""
    kinds, chance, turn = list(pages), random.Random(number), number
    with httpx.Client(base_url=address, timeout=120) as reader:
        while time.monotonic() < until:
            kind = kinds[turn % len(kinds)]
            turn += 1
            path = chance.choice(pages[kind])
            path = anew(path, f"{number}-{turn}") if args.anew else path
            try:
                taken, status = _timed(reader, path)
                heard.times.append(taken)
                heard.by_kind[kind].append(taken)
                heard.seen.add(path)
                if status != 200:
                    heard.wrong.append((path, status))
            except httpx.HTTPError as fault:
                heard.wrong.append(repr(fault))
            time.sleep(chance.uniform(0.5, 1.5) * args.pause)


def _megabytes(pid: int) -> float:
    """What the process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else float("nan")


if __name__ == "__main__":
    main()
