#!/usr/bin/env python3
"""What guards cost a request over kept connections: nothing, then headers, rate_limit and logging into a file, then auth too.

usage: Benchmarks/guards.py PRODUCTS [SECONDS [ROUNDS]]

Needs wrk, and two cores: the proxy has core 0 and one worker, load and backend share core 1. The figure is the proxy's own
processor time for one request, the log's thread included, in the median of the rounds, in which all take turns. Where there
is a comparison of proxies (WSROUTE_COMPARE, as for Scripts/bench), its backend and its relay are used, and ratios are to the
relay; else wsorigin is the backend and ratios are to the proxy without guards.
"""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SECRET = b"a secret of thirty-two bytes, or more"
PORTS = {"relay": 8080, "plain": 8087, "guards": 8088, "auth": 8089}
TICK = os.sysconf("SC_CLK_TCK")

AUTH = """
  - name: who
    type: auth
    is_global: true
    config: {jwt: {algorithms: [HS256], secret: {env: BENCH_SECRET}, issuer: bench, audience: proxy}, roles: [reader]}
"""
GUARDS = """
  - name: fields
    type: headers
    is_global: true
    config: {request: {set: {X-User: "%s"}, remove: [X-Debug]}, response: {set: {X-Served-By: wsproxy}}}
  - {name: rate, type: rate_limit, is_global: true, config: {requests_per_minute: 1000000000, burst_size: 1000000000%s}}
  - {name: lines, type: logging, is_global: true, config: {output: %s}}
"""


def table(name, folder):
    text = f"listeners: [{{address: 127.0.0.1, port: {PORTS[name]}}}]\n"
    text += 'services: {backend: {url: "http://127.0.0.1:9001"}}\nroute_rules: [{pattern: /*, target: backend}]\n'
    lines = folder / f"{name}.log"
    if name == "guards":
        text += "middlewares:" + GUARDS % ("{client_ip}", "", lines)
    if name == "auth":
        text += "middlewares:" + AUTH + GUARDS % ("{claim.sub}", ', key: "claim:sub"', lines)
    return text


def token():
    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    claims = {"iss": "bench", "aud": "proxy", "sub": "user-1", "exp": int(time.time()) + 86_400, "roles": ["reader", "writer"]}
    signed = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.new(SECRET, signed, hashlib.sha256).digest())).decode()


def wait(port):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit(f"guards: nothing listens on {port}")


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def load(port, seconds, headers):
    command = ["taskset", "-c", "1", "wrk", "-t1", "-c64", f"-d{seconds}s", *headers, f"http://127.0.0.1:{port}/bytes/128"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if found := re.search(r"Non-2xx.*", text):
        sys.exit(f"guards: {found[0]}")
    return int(re.search(r"(\d+) requests in", text)[1])


def run(command, core):
    return subprocess.Popen(["taskset", "-c", str(core), *map(str, command)], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def measure(name, commands, backend, seconds):
    origin = run(backend, 1)
    wait(9001)
    proxy = run(commands[name], 0)
    try:
        wait(PORTS[name])
        headers = ["-H", f"Authorization: Bearer {token()}"] if name == "auth" else []
        load(PORTS[name], 1, headers)
        before = processor_seconds(proxy)
        count = load(PORTS[name], seconds, headers)
        return (processor_seconds(proxy) - before) / count * 1e6
    finally:
        for process in (proxy, origin):
            process.terminate()
            process.wait()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    products = pathlib.Path(sys.argv[1]).resolve()
    seconds, rounds = [int(value) for value in sys.argv[2:4]] + [3, 3][len(sys.argv) - 2:]
    os.environ["BENCH_SECRET"] = SECRET.decode()
    compare = pathlib.Path(os.environ.get("WSROUTE_COMPARE", "../shared/bench/compare.py")).resolve().parent
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        commands = {}
        backend = [products / "wsorigin", "--listen", "127.0.0.1:9001"]
        if (compare / "relay.c").exists():
            subprocess.run(["cc", "-O2", "-o", folder / "relay", compare / "relay.c"], check=True)
            subprocess.run(["cc", "-O2", "-o", folder / "backend", compare / "backend.c", "-lcrypto"], check=True)
            commands["relay"] = [folder / "relay", "-l", PORTS["relay"]]
            backend = [folder / "backend", "-p", "9001"]
        for name in ("plain", "guards", "auth"):
            (folder / f"{name}.yaml").write_text(table(name, folder))
            compiled = folder / f"{name}.bin"
            subprocess.run([products / "wsroute", "compile", folder / f"{name}.yaml", "-o", compiled],
                           check=True, stdout=subprocess.DEVNULL)
            level = "error" if name == "plain" else "info"
            commands[name] = [products / "wsproxy", "--routes", compiled, "--workers", 1, "--log-level", level]
        found = {name: [] for name in commands}
        for _ in range(rounds):
            for name in commands:
                found[name].append(measure(name, commands, backend, seconds))
        floor = statistics.median(found["relay" if "relay" in found else "plain"])
        print(f"{'chain':<10}{'CPU µs':>10}{'ratio':>8}   rounds")
        for name, figures in found.items():
            figure = statistics.median(figures)
            print(f"{name:<10}{figure:>10.2f}{figure / floor:>8.2f}   " + " ".join(f"{one:.2f}" for one in figures))


main()
