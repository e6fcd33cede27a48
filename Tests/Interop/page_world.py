"""What the page of the admin listener is looked at with: an origin, a proxy, and streams that are open."""

import contextlib
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CONFIGURATION = """
services:
  origin: {{url: "http://127.0.0.1:{port}"}}
middlewares:
  - {{name: frames, type: websocket, config: {{connection_tracking: true}}}}
route_rules:
  - {{pattern: "/ws", name: chat, target: origin, middlewares: [frames]}}
{routes}
  - {{pattern: "/*", name: everything, target: origin}}
"""
UPGRADE = (
    "Host: ws.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
EVENTS = "Host: sse.example.com\r\nAccept: text/event-stream\r\n"


class World(NamedTuple):
    """The address of the page, and the port of the proxy's listener."""

    address: str
    port: int


def start(command, pattern):
    """Starts a program and reads the line with its ports."""
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = program.stdout.readline()
    found = re.search(pattern, line)
    if not found:
        program.terminate()
        sys.exit(f"{command[0]} said: {line}")
    return program, [int(port) for port in found.groups()]


@contextlib.contextmanager
def running(programs, routes="", more=""):
    """Starts an origin and a proxy before it, and ends them.

    `programs` is the folder of wsproxy, wsroute and wsorigin; `routes` are further routes, `more` are further sections.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as started:
        def run(command, pattern):
            program, ports = start(command, pattern)
            started.callback(program.wait, timeout=60)
            started.callback(program.terminate)
            return ports

        (origin,) = run([programs / "wsorigin", "--listen", "127.0.0.1:0"], r"127\.0\.0\.1:(\d+)")
        source, table = Path(folder, "page.yaml"), Path(folder, "routes.bin")
        source.write_text(CONFIGURATION.format(port=origin, routes=routes) + more)
        subprocess.run(
            [programs / "wsroute", "compile", source, "-o", table], check=True, stdout=subprocess.DEVNULL)
        admin, port = run(
            [programs / "wsproxy", "--routes", table, "--listen", "127.0.0.1:0=8080",
             "--admin", "127.0.0.1:0", "--log-level", "error"],
            r"admin=127\.0\.0\.1:(\d+) .*listeners=127\.0\.0\.1:(\d+)")
        yield World(f"http://127.0.0.1:{admin}/", port)


def opened(port, path, fields):
    """A connection with a stream on it."""
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(f"GET {path} HTTP/1.1\r\n{fields}\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += client.recv(4096)
    return client
