"""Sends random and hostile requests to wsproxy, nginx and HAProxy, and lists what wsproxy alone accepts.

    differential.py PRODUCTS [COUNT [SEED]]

PRODUCTS is the folder of wsroute and wsproxy. A request is accepted where the backend's answer comes back. What
wsproxy accepts and both others refuse is printed and makes the script fail: where two widely used proxies see a
fault, there is one. Prints `skipped` and exits with 0 where nginx or HAProxy is not installed.
"""

import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
ANSWER_SECONDS_MAX = 0.4
AT_ONCE = 60

BASES = [
    b"GET /a HTTP/1.1\r\nHost: a.example\r\nX-A: b\r\n\r\n",
    b"GET http://a.example/a?b HTTP/1.1\r\nHost: a.example\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello",
    b"POST /a HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX-T: 1\r\n\r\n",
    b"GET /a HTTP/1.0\r\nHost: a.example\r\nConnection: keep-alive\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: a.example\r\nConnection: upgrade, X-A\r\nUpgrade: h2c\r\nX-A: b\r\n\r\n",
    b"PUT /a HTTP/1.1\r\nHost: a.example:80\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
]
WORDS = [
    b"\r", b"\n", b"\r\n", b"\r\r\n", b"\n\r", b" ", b"\t", b"\0", b"\x0b", b"\x0c", b"\x7f", b"\x80", b"\xff", b":", b",", b";",
    b"0", b"1", b"5", b"+", b"-", b"0x", b"chunked", b", chunked", b"identity", b"Content-Length: 5\r\n",
    b"Content-Length: 0\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: identity\r\n", b"Host: b\r\n",
    b"Host: a.example\r\n", b"Connection: close\r\n", b" X: y\r\n", b"X : y\r\n", b"X\r\n", b": y\r\n", b"HTTP/1.1", b"HTTP/2.0",
    b"/", b"//", b"\\", b"..", b"%00", b"%0a", b"%", b"#", b"?", b"*", b"@", b"[", b"]", b"\"", b"_", b"999999999999999999999",
]


def mutate(draw):
    """A request that is a little wrong, or right by chance."""
    request = bytearray(draw.choice(BASES))
    for _ in range(draw.choice([1, 1, 1, 2, 2, 3])):
        at = draw.randrange(len(request) + 1)
        kind = draw.randrange(6)
        lines = bytes(request).split(b"\r\n")
        if kind == 0:
            request[at:at] = draw.choice(WORDS)
        elif kind == 1:
            request[at : at + 1] = draw.choice(WORDS)
        elif kind == 2:
            del request[at : at + draw.randrange(1, 4)]
        elif kind == 3:
            request[at : at + 1] = bytes([draw.randrange(256)])
        elif kind == 4:
            line = draw.randrange(max(1, len(lines) - 1))
            request = bytearray(b"\r\n".join(lines[: line + 1] + [lines[line]] + lines[line + 1 :]))
        else:
            line = draw.randrange(1, max(2, len(lines) - 2))
            end = sum(len(text) + 2 for text in lines[:line])
            request[end:end] = draw.choice([word for word in WORDS if word.endswith(b"\r\n")])
    return bytes(request)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


async def backend(reader, writer):
    """Answers each head that comes; what follows is read and dropped."""
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
        await asyncio.wait_for(reader.read(65536), ANSWER_SECONDS_MAX)
    except (asyncio.IncompleteReadError, asyncio.TimeoutError, ConnectionError, asyncio.LimitOverrunError):
        pass
    writer.close()


async def ask(port, request):
    """Whether the backend's answer came back, and the first line of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), ANSWER_SECONDS_MAX)
        while line.startswith(b"HTTP/1.1 100"):
            await asyncio.wait_for(reader.readline(), ANSWER_SECONDS_MAX)
            line = await asyncio.wait_for(reader.readline(), ANSWER_SECONDS_MAX)
        return line.split(b" ")[1:2] == [b"200"], line
    except (asyncio.TimeoutError, ConnectionError):
        return False, b""
    finally:
        writer.close()


def start(folder, products, port):
    """Starts the three proxies; returns their names, ports and processes."""

    def write(name, text):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    ports = {name: free_port() for name in ("wsproxy", "nginx", "haproxy")}
    routes = os.path.join(folder, "routes.bin")
    config = write(
        "routes.yaml",
        f"services: {{origin: {{url: 'http://127.0.0.1:{port}'}}}}\n"
        "route_rules: [{pattern: /*, target: origin}]\n",
    )
    subprocess.run([f"{products}/wsroute", "compile", config, "-o", routes], check=True, stdout=subprocess.DEVNULL)
    nginx = write(
        "nginx.conf",
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log /dev/null;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{ports['nginx']}; location / {{ proxy_http_version 1.1;\n"
        f"proxy_request_buffering off; proxy_pass http://127.0.0.1:{port}; }} }} }}\n",
    )
    haproxy = write(
        "haproxy.cfg",
        "defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\n"
        f"frontend f\n bind 127.0.0.1:{ports['haproxy']}\n default_backend b\n"
        f"backend b\n server s 127.0.0.1:{port}\n",
    )
    commands = [
        [f"{products}/wsproxy", "--routes", routes, "--listen", f"127.0.0.1:{ports['wsproxy']}=8080", "--log-level", "error"],
        ["nginx", "-c", nginx, "-p", folder],
        ["haproxy", "-db", "-q", "-f", haproxy],
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return ports, [subprocess.Popen(command, **quiet) for command in commands]


async def compare(ports, count, seed):
    """The requests that wsproxy alone accepts, and how many each proxy accepts."""
    for port in ports.values():
        for _ in range(100):
            try:
                if (await ask(port, BASES[0]))[0]:
                    break
            except OSError:
                pass
            await asyncio.sleep(0.05)
        else:
            raise SystemExit("a proxy does not answer a plain request")
    draw = random.Random(seed)
    accepted = dict.fromkeys(ports, 0)
    alone = []
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(request):
        async with limit:
            answers = {name: await ask(port, request) for name, port in ports.items()}
            if answers["wsproxy"][0] and not answers["nginx"][0] and not answers["haproxy"][0]:
                # A proxy that was slow once has not refused.
                again = [await ask(ports[name], request) for name in ("nginx", "haproxy")]
                if not again[0][0] and not again[1][0]:
                    alone.append((request, again[0][1], again[1][1]))
        for name, (is_accepted, _) in answers.items():
            accepted[name] += is_accepted

    await asyncio.gather(*(one(mutate(draw)) for _ in range(count)))
    return alone, accepted


async def run(products, count, seed):
    server = await asyncio.start_server(backend, "127.0.0.1", 0, backlog=512)
    port = server.sockets[0].getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        ports, processes = start(folder, products, port)
        try:
            alone, accepted = await compare(ports, count, seed)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(10)
    print(f"{count} requests, seed {seed}; accepted: " + ", ".join(f"{name} {accepted[name]}" for name in ports))
    for request, nginx, haproxy in alone:
        print(f"wsproxy alone accepts {request!r} (nginx {nginx!r}, haproxy {haproxy!r})")
    print(f"{len(alone)} accepted by wsproxy alone")
    return 1 if alone else 0


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(f"usage: {sys.argv[0]} PRODUCTS [COUNT [SEED]]")
    os.environ["PATH"] += ":/usr/sbin"
    if not shutil.which("nginx") or not shutil.which("haproxy"):
        print("skipped: nginx or haproxy is not installed")
        return 0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261121
    return asyncio.run(run(sys.argv[1], count, seed))


sys.exit(main())
