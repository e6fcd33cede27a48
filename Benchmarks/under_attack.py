#!/usr/bin/env python3
"""Measures what a well-behaved client sees while others attack the proxy.

    under_attack.py PRODUCTS [SECONDS]

PRODUCTS is the folder of wsroute, wsproxy and wsorigin. For SECONDS (4) each, after two more to let the attack begin, a client
opens a connection, asks for 128 bytes, and closes, one request after the other. The proxy may open 4096 descriptors;
the attackers run in a process of their own. During a flood of TLS handshakes another row says what a client over TLS sees. Prints median, 99th percentile and maximum in milliseconds.
"""

import os
import re
import resource
import selectors
import socket
import ssl
import subprocess
import sys
import tempfile
import time

DESCRIPTORS = 4096
HEAD = b"GET /bytes/128 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


class Attack:
    """Sockets that are kept open, and what is sent on them how often."""

    def __init__(self, count, first=b"", drip=b"", pause=0.5, reads=False, closes=False, encrypted=False):
        self.count, self.first, self.drip, self.pause = count, first, drip, pause
        self.reads, self.closes, self.encrypted = reads, closes, encrypted


def hello():
    """The first message of a TLS handshake."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


ATTACKS = {
    "nobody": Attack(0),
    "20,000 idle sockets": Attack(20_000, reads=True),
    "2,000 slow heads": Attack(2_000, b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"y", reads=True),
    "1,000 slow contents": Attack(
        1_000, b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", b"y", reads=True),
    "200 that do not read": Attack(200, b"GET /bytes/5000000 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a flood of bad heads": Attack(400, b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", reads=True, closes=True),
    "a flood of large heads": Attack(
        400, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: " + b"y" * 40_000, reads=True, closes=True),
    # Each costs a key exchange and a signature, and is never finished.
    "2,000 TLS handshakes": Attack(2_000, hello(), reads=True, encrypted=True),
    "2,000 TLS handshakes, seen over TLS": Attack(2_000, hello(), reads=True, encrypted=True),
}


def attack(port, name):
    """Runs until it is killed. A socket that the proxy closes is opened again."""
    plan = ATTACKS[name]
    selector = selectors.DefaultSelector()
    sockets = {}
    number = 0

    def open_one():
        nonlocal number
        number += 1
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        # Each address has some 28,000 ports to come from.
        client.bind((f"127.0.0.{2 + number % 8}", 0))
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", port))
        selector.register(client, selectors.EVENT_WRITE | selectors.EVENT_READ)
        sockets[client] = time.monotonic()

    def close_one(client):
        selector.unregister(client)
        del sockets[client]
        client.close()

    due = 0.0
    while True:
        for _ in range(min(500, plan.count - len(sockets))):
            try:
                open_one()
            except OSError:
                break
        for key, events in selector.select(0.05):
            client = key.fileobj
            try:
                if events & selectors.EVENT_WRITE:
                    if plan.first:
                        client.send(plan.first)
                    if plan.reads:
                        selector.modify(client, selectors.EVENT_READ)
                    else:
                        # What arrives fills the buffers and stays there.
                        selector.unregister(client)
                elif plan.reads and not client.recv(4096):
                    close_one(client)
                elif plan.closes:
                    close_one(client)
            except (BlockingIOError, InterruptedError):
                pass
            except (OSError, KeyError, ValueError):
                try:
                    close_one(client)
                except (KeyError, ValueError):
                    sockets.pop(client, None)
        now = time.monotonic()
        if plan.drip and now >= due:
            due = now + plan.pause
            for client in list(sockets):
                try:
                    client.send(plan.drip)
                except (BlockingIOError, InterruptedError):
                    pass
                except OSError:
                    pass


def measure(port, seconds, encrypted=False):
    """Milliseconds of each request that succeeded, and the number of those that did not."""
    times, failures = [], 0
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
                client = context.wrap_socket(plain) if encrypted else plain
                client.sendall(HEAD)
                answer = b""
                while piece := client.recv(65536):
                    answer += piece
                client.close()
            if not answer.startswith(b"HTTP/1.1 200"):
                raise OSError("refused")
            times.append((time.monotonic() - start) * 1000)
        except OSError:
            failures += 1
            time.sleep(0.01)
    return sorted(times), failures


def ports_of(process):
    """The ports in the line that a program prints when it is ready."""
    while line := process.stdout.readline().decode():
        if found := re.findall(r"127\.0\.0\.1:(\d+)", line):
            return [int(port) for port in found]
    raise SystemExit("a program did not start")


def main():
    products = os.path.abspath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 4
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        origin = subprocess.Popen([f"{products}/wsorigin", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE)
        crt, key = os.path.join(folder, "crt.pem"), os.path.join(folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-keyout", key, "-out", crt], check=True, capture_output=True)
        config = os.path.join(folder, "routes.yaml")
        with open(config, "w", encoding="ascii") as file:
            file.write(
                "listeners: [{address: 127.0.0.1, port: 8080}, {address: 127.0.0.1, port: 8443, "
                f"tls: {{certificate: '{crt}', key: '{key}'}}}}]\n"
                f"services: {{origin: {{url: 'http://127.0.0.1:{ports_of(origin)[0]}'}}}}\n"
                "route_rules: [{pattern: /*, target: origin}]\n")
        routes = os.path.join(folder, "routes.bin")
        subprocess.run(
            [f"{products}/wsroute", "compile", config, "-o", routes], check=True, stdout=subprocess.DEVNULL)
        print("| attack | median ms | p99 ms | max ms | requests | failed |\n| --- | --- | --- | --- | --- | --- |")
        for name in ATTACKS:
            proxy = subprocess.Popen(
                ["/bin/sh", "-c", f"ulimit -n {DESCRIPTORS}; exec \"$0\" \"$@\"", f"{products}/wsproxy", "--routes",
                 routes, "--listen", "127.0.0.1:0=8080", "--listen", "127.0.0.1:0=8443", "--log-level", "warning"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            plain, encrypted = ports_of(proxy)
            port = encrypted if ATTACKS[name].encrypted else plain
            attacker = subprocess.Popen([sys.executable, "-B", __file__, "attack", str(port), name])
            time.sleep(2)
            over_tls = name.endswith("seen over TLS")
            times, failures = measure(encrypted if over_tls else plain, seconds, over_tls)
            attacker.kill()
            attacker.wait()
            proxy.terminate()
            proxy.wait(40)
            if not times:
                print(f"| {name} | – | – | – | 0 | {failures} |", flush=True)
                continue
            p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
            print(
                f"| {name} | {times[len(times) // 2]:.2f} | {p99:.2f} | {times[-1]:.1f} | {len(times)} | {failures} |",
                flush=True)
        origin.kill()
        origin.wait()


if len(sys.argv) == 4 and sys.argv[1] == "attack":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    attack(int(sys.argv[2]), sys.argv[3])
elif len(sys.argv) in (2, 3):
    main()
else:
    sys.exit(f"usage: {sys.argv[0]} PRODUCTS [SECONDS]")
