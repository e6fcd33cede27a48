#!/usr/bin/env python3
"""How long `wsproxy` takes from exec to its ready line, with a table of one route.

usage: start.py PROGRAMS [runs=30]        PROGRAMS: the folder of wsroute and wsproxy
"""
import os, pathlib, select, signal, statistics, subprocess, sys, tempfile, time

CONFIGURATION = """listeners: [{address: 127.0.0.1, port: 8080}]
services: {origin: {url: "http://127.0.0.1:9"}}
route_rules: [{pattern: "/*", target: origin}]
"""


def once(programs: pathlib.Path, table: pathlib.Path) -> tuple[float, int]:
    """Milliseconds until the ready line, and the memory then, as PSS in KiB."""
    begin = time.monotonic()
    proxy = subprocess.Popen(
        [programs / "wsproxy", "--routes", table, "--listen", "127.0.0.1:0=8080", "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        ready, _, _ = select.select([proxy.stdout], [], [], 10)
        line = proxy.stdout.readline() if ready else b""
        took = (time.monotonic() - begin) * 1000
        if not line.startswith(b"wsproxy ready"):
            raise SystemExit("start: no ready line")
        rollup = pathlib.Path(f"/proc/{proxy.pid}/smaps_rollup").read_text()
        pss = next(int(l.split()[1]) for l in rollup.splitlines() if l.startswith("Pss:"))
        return took, pss
    finally:
        proxy.send_signal(signal.SIGTERM)
        proxy.wait(10)


def main() -> None:
    programs = pathlib.Path(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as folder:
        source, table = pathlib.Path(folder, "one.yaml"), pathlib.Path(folder, "one.bin")
        source.write_text(CONFIGURATION)
        subprocess.run([programs / "wsroute", "compile", source, "-o", table], check=True, stdout=subprocess.DEVNULL)
        results = [once(programs, table) for _ in range(runs)]
    times = sorted(took for took, _ in results)
    print(f"start to ready, {runs} runs: median {statistics.median(times):.1f} ms, worst {times[-1]:.1f} ms; "
          f"PSS when ready {statistics.median(pss for _, pss in results) / 1024:.1f} MiB")


main()
