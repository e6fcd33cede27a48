#!/usr/bin/env python3
"""What a scrape costs while many WebSockets are open, and whether a worker pauses for it.

usage: Benchmarks/scrape.py PRODUCTS [--connections N] [--seconds N]      PRODUCTS: directory of wsproxy, wsroute, wsorigin

Opens the WebSockets through a proxy with two workers, then sends frames back and forth on one of each worker for a
while, first alone and then while /metrics and /api/connections are asked for without a pause. Prints how long a scrape
took and how long an echo took at the worst. At the end nothing else happens, and the time that each thread ran says how
long one piece of an answer holds it up: a worker looks at 512 connections in a turn, the control thread writes 256 in
one. Loopback only; ends by itself within a minute.
"""

import argparse
import base64
import os
import pathlib
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FRAME = bytes([0x81, 0x81, 1, 2, 3, 4, ord("x") ^ 1])


def start(arguments, pattern):
    """Starts a program and waits for a line; the program and what the pattern found."""
    program = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in program.stdout:
        found = re.search(pattern, line)
        if found:
            threading.Thread(target=lambda: [None for _ in program.stdout], daemon=True).start()
            return program, found
    sys.exit(f"{arguments[0]} did not start")


def upgrade(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall(
        (f"GET /ws/echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    if b" 101 " not in head:
        sys.exit(f"no upgrade: {head!r}")
    return connection


def echo_times(connections, seconds):
    """Milliseconds that echoes took, in turn on each connection."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        for connection in connections:
            begin = time.monotonic()
            connection.sendall(FRAME)
            received = b""
            while len(received) < 3:
                received += connection.recv(3 - len(received))
            times.append((time.monotonic() - begin) * 1000)
    return sorted(times)


def ask(port, target):
    """Milliseconds that an answer of the admin listener took, and its size."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        size = 0
        while piece := connection.recv(1 << 18):
            size += len(piece)
    return (time.monotonic() - begin) * 1000, size


def run_times(process):
    """Milliseconds that each thread has run, by its name; the main thread is the control thread."""
    times = {}
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        name = "control" if int(task.name) == process else (task / "comm").read_text().strip()
        times[name] = int((task / "schedstat").read_text().split()[0]) / 1e6
    return times


def show_pieces(process, admin, count):
    """How long the threads run for one list, and for one piece of it."""
    rounds = 20
    before = run_times(process)
    for _ in range(rounds):
        ask(admin, "/api/connections?limit=10000")
    after = run_times(process)
    workers = [name for name in after if name.startswith("worker-")]
    for name in sorted(workers) + ["control"]:
        each = (after[name] - before[name]) / rounds
        pieces = -(-count // 256) if name == "control" else -(-count // len(workers) // 512)
        print(f"{name:<10} ran {each:6.2f} ms for a list, {each / pieces:5.2f} ms for each of {pieces} pieces")


def show(name, times):
    print(f"{name:<34} median {statistics.median(times):7.3f} ms  "
          f"p99 {times[int(len(times) * 0.99)]:7.3f} ms  worst {times[-1]:7.3f} ms  ({len(times)})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("products", type=pathlib.Path)
    parser.add_argument("--connections", type=int, default=8000)
    parser.add_argument("--seconds", type=float, default=5)
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    programs = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            origin, found = start(
                [arguments.products / "wsorigin", "--listen", "127.0.0.1:0"], r"127\.0\.0\.1:(\d+)")
            programs.append(origin)
            source = pathlib.Path(folder, "config.yaml")
            source.write_text(
                f"services: {{origin: {{url: 'http://127.0.0.1:{found[1]}'}}}}\n"
                "route_rules: [{pattern: /*, name: all, target: origin}]\n", encoding="utf-8")
            table = pathlib.Path(folder, "routes.bin")
            subprocess.run(
                [arguments.products / "wsroute", "compile", source, "-o", table], check=True,
                stdout=subprocess.DEVNULL)
            proxy, found = start(
                [arguments.products / "wsproxy", "--routes", table, "--listen", "127.0.0.1:0=8080", "--workers", "2",
                 "--admin", "127.0.0.1:0"], r"admin=127\.0\.0\.1:(\d+) listeners=127\.0\.0\.1:(\d+)")
            programs.append(proxy)
            measure(arguments, int(found[1]), int(found[2]), proxy.pid)
        finally:
            for program in programs:
                program.kill()


def measure(arguments, admin, port, process):
    connections = [upgrade(port) for _ in range(arguments.connections)]
    probes = connections[:8]
    show("echo, nobody asks", echo_times(probes, arguments.seconds))
    for target in ("/metrics", "/api/connections?limit=10000"):
        asked, done = [], threading.Event()

        def scrape():
            while not done.is_set():
                asked.append(ask(admin, target))
                done.wait(0.1)

        thread = threading.Thread(target=scrape)
        thread.start()
        times = echo_times(probes, arguments.seconds)
        done.set()
        thread.join()
        show(f"echo, while {target.split('?')[0]}", times)
        show(f"{target.split('?')[0]} ({asked[-1][1] / 1024:.0f} KiB)", sorted(time for time, _ in asked))
    show_pieces(process, admin, len(connections))


if __name__ == "__main__":
    main()
