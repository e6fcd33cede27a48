#!/usr/bin/env python3
"""What the other instance sees when one instance ends: new WebSocket handshakes a second, with and without spreading.

usage: drain.py [PROGRAMS] [--clients 2000] [--drain 30]     PROGRAMS: the folder of wsroute, wsproxy and wsorigin

Two proxies before one wsorigin, on loopback. The clients are connected to the first one; whoever is closed connects to the
second one at once, without a pause: the worst that clients do. Then the first one is ended, once with `--drain-timeout 0s`
(everything ends at once) and once with the time given. Printed for both: how many handshakes the second one made in the
fullest second and the fullest tenth of a second, how long it took from the signal to the last one, how many clients got a
Close frame and with which codes, and how the first one exited. Takes about a minute.
"""
import argparse, asyncio, collections, pathlib, resource, signal, subprocess, sys, tempfile, time

HANDSHAKE = (b"GET /ws HTTP/1.1\r\nHost: bench.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")


def start(command, marker):
    """Starts a program and returns it with the port that its first line with `marker` ends in."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in process.stdout:
        if marker in line:
            digits = line.split(marker)[1].split(":")[1]
            return process, int("".join(c for c in digits.split(" ")[0] if c.isdigit()))
    sys.exit(f"{command[0]} did not start")


async def open_socket(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HANDSHAKE)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(head.split(b"\r\n")[0].decode())
    return reader, writer


async def close_of(reader, writer):
    """Waits until the connection ends and answers a Close frame; returns its code, or None."""
    code = None
    try:
        start = await reader.readexactly(2)
        payload = await reader.readexactly(start[1] & 127)
        if start[0] == 0x88:
            code = int.from_bytes(payload[:2], "big")
            writer.write(b"\x88\x82\0\0\0\0" + payload[:2])
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()
    return code


async def client(first, second, counts):
    reader, writer = await open_socket(first)
    counts["ready"] += 1
    code = await close_of(reader, writer)
    counts["codes"][code] += 1
    reader, writer = await open_socket(second)
    counts["moments"].append(time.monotonic())
    counts["open"].append(writer)


def fullest(moments, seconds):
    most, start = 0, 0
    for end, moment in enumerate(moments):
        while moments[start] < moment - seconds:
            start += 1
        most = max(most, end - start + 1)
    return most


async def run(arguments, drain, directory):
    products = pathlib.Path(arguments.products)
    origin, origin_port = start(
        [products / "wsorigin", "--listen", "127.0.0.1:0"], "wsorigin listening on ")
    (directory / "c.yaml").write_text(
        f"services: {{origin: {{url: 'http://127.0.0.1:{origin_port}', read_timeout: 1h}}}}\n"
        "route_rules: [{pattern: /*, target: origin}]\n")
    subprocess.run([products / "wsroute", "compile", directory / "c.yaml", "-o", directory / "r.bin"],
                   check=True, stdout=subprocess.DEVNULL)
    command = [products / "wsproxy", "--routes", directory / "r.bin", "--listen", "127.0.0.1:0=8080",
               "--log-level", "error", "--workers", "1"]
    one, first = start(command + ["--drain-timeout", f"{drain}s"], "listeners=")
    other, second = start(command, "listeners=")
    counts = {"ready": 0, "codes": collections.Counter(), "moments": [], "open": []}
    clients = []
    for _ in range(arguments.clients):
        clients.append(asyncio.create_task(client(first, second, counts)))
        if len(clients) % 100 == 0:
            await asyncio.sleep(0.05)
    while counts["ready"] < arguments.clients:
        await asyncio.sleep(0.05)
    begun = time.monotonic()
    one.send_signal(signal.SIGTERM)
    done, _ = await asyncio.wait(clients, timeout=drain + 60)
    failed = [task.exception() for task in done if task.exception()]
    moments = sorted(counts["moments"])
    status = await asyncio.to_thread(one.wait)
    ended = time.monotonic() - begun
    for writer in counts["open"]:
        writer.close()
    for process in (other, origin):
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        process.kill()
        process.wait()
    codes = ", ".join(f"{code or 'none'}: {count}" for code, count in counts["codes"].most_common())
    print(f"| {drain} s | {fullest(moments, 1)} | {fullest(moments, 0.1)} | {moments[-1] - begun:.1f} | {codes} | "
          f"{len(failed)} | {status} after {ended:.1f} s |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--drain", type=int, default=30)
    parser.add_argument("products", nargs="?", default=".build/release")
    arguments = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    print("| drain timeout | most in 1 s | most in 0.1 s | last after, s | Close codes | refused | exit |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for drain in (0, arguments.drain):
        with tempfile.TemporaryDirectory() as directory:
            asyncio.run(run(arguments, drain, pathlib.Path(directory)))


if __name__ == "__main__":
    main()
