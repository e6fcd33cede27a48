#!/usr/bin/env python3
"""What idle WebSockets cost that are pinged: processor time and memory.

usage: idle_pings.py PROGRAMS [--connections 8000] [--interval 30] [--seconds 60]

PROGRAMS is the folder with wsroute, wsproxy and wsorigin. The origin and this script answer the pings. Prints the
share of one core that the proxy took, how many pings the clients saw, and what a connection adds to the proxy's own memory.
"""
import argparse, os, pathlib, selectors, socket, subprocess, sys, tempfile, time

TICK = os.sysconf("SC_CLK_TCK")
CONFIGURATION = """
services: {{origin: {{url: "http://127.0.0.1:{port}"}}}}
middlewares: [{{name: websocket, config: {{ping_interval: {interval}, connection_tracking: true}}}}]
route_rules: [{{pattern: "/*", target: origin, middlewares: [websocket]}}]
"""
HANDSHAKE = (b"GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def own_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise SystemExit("idle_pings: no Pss in smaps_rollup")


def pong(data):
    """Answers the pings in whole frames of a server; masks with zero."""
    answer, count = b"", 0
    while len(data) >= 2:
        length = data[1] & 127
        if data[0] == 0x89:
            answer += b"\x8a" + bytes([0x80 | length]) + b"\0\0\0\0" + data[2:2 + length]
            count += 1
        data = data[2 + length:]
    return answer, count


def connect(port, count):
    connections = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(HANDSHAKE)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1024)
        if not head.startswith(b"HTTP/1.1 101"):
            raise SystemExit(f"idle_pings: {head.splitlines()[0]!r}")
        connection.setblocking(False)
        connections.append(connection)
    return connections


def serve(selector, seconds):
    """Answers pings for a time; returns how many there were."""
    end, count = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        for key, _ in selector.select(left):
            answer, pings = pong(key.fileobj.recv(4096))
            if answer:
                key.fileobj.sendall(answer)
            count += pings
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--connections", type=int, default=8000)
    parser.add_argument("--interval", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    running = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            origin = subprocess.Popen([options.programs / "wsorigin", "--listen", "127.0.0.1:0"],
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            running.append(origin)
            port = int(origin.stdout.readline().rsplit(":", 1)[1])
            source = pathlib.Path(folder, "config.yaml")
            source.write_text(CONFIGURATION.format(port=port, interval=options.interval))
            table = pathlib.Path(folder, "routes.bin")
            subprocess.run([options.programs / "wsroute", "compile", source, "-o", table], check=True,
                           stdout=subprocess.DEVNULL)
            proxy = subprocess.Popen([options.programs / "wsproxy", "--routes", table, "--workers", "1", "--log-level", "error",
                                      "--listen", "127.0.0.1:0=8080"], stdout=subprocess.PIPE, text=True)
            running.append(proxy)
            ready = proxy.stdout.readline()
            port = int(ready.split("listeners=")[1].split()[0].rsplit(":", 1)[1])
            first = connect(port, 100)
            before = own_kib(proxy.pid)
            connections = first + connect(port, options.connections - 100)
            memory = (own_kib(proxy.pid) - before) / (options.connections - 100)
            selector = selectors.EpollSelector()
            for connection in connections:
                selector.register(connection, selectors.EVENT_READ)
            start = cpu_seconds(proxy.pid)
            pings = serve(selector, options.seconds)
            used = cpu_seconds(proxy.pid) - start
            print(f"idle_pings: {options.connections} connections, ping_interval {options.interval} s: "
                  f"{100 * used / options.seconds:.2f} % of a core, {pings} pings to clients in {options.seconds:.0f} s, "
                  f"{memory:.2f} KiB each")
        finally:
            for process in running:
                process.kill()


if __name__ == "__main__":
    sys.exit(main())
