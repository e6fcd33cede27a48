#!/usr/bin/env python3
"""What compiling and checking many mixed routes costs, and how large their table is.

usage: compile.py PROGRAMS [routes=100000] [runs=5] [--keep FILE]

PROGRAMS is the folder of wsroute. Hosts of ten routes each, one in ten a wildcard; every name differs, so
that nothing is shared that differs in real life. Of ten routes three are exact, three subtrees, two have a
segment of any text, one has a `*` inside a segment; the tenth is a regex on every other host, else exact.
"""
import argparse, os, pathlib, resource, statistics, subprocess, tempfile, time

HEAD = """listeners: [{address: 127.0.0.1, port: 8080}]
services:
"""
SERVICES = 50


def patterns(host: int) -> list[str]:
    """The patterns of one host."""
    last = f"~^/r{host}/v[0-9]+/[a-z-]+$" if host % 2 else f"/health/h{host}"
    return [
        f"/login/h{host}", f"/api/status/{host}", f"/v1/info/h{host}",
        f"/static/h{host}/*", f"/ws/room{host}/*", f"/api/svc{host}/*",
        f"/users/{{id}}/h{host}", f"/orders/h{host}/{{order}}/items", f"/files/h{host}/*.js", last]


def configuration(routes: int) -> str:
    lines = [HEAD] + [f"  s{i}: {{url: 'http://10.0.0.{i + 1}:9000'}}\n" for i in range(SERVICES)] + ["host_rules:\n"]
    for host in range(routes // 10):
        name = f"'*.w{host}.example.com'" if host % 10 == 9 else f"t{host}.example.com"
        lines.append(f"  - pattern: {name}\n    route_rules:\n")
        for number, pattern in enumerate(patterns(host)):
            lines.append(f"      - {{pattern: '{pattern}', target: s{(host + number) % SERVICES}}}\n")
    return "".join(lines)


def once(command: list) -> tuple[float, float, float, str]:
    """Seconds of the clock and of processor time, MiB of memory at most, and what was printed."""
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"compile: {command[1]} ended with {process.returncode}")
    took = time.monotonic() - begin
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("programs", type=pathlib.Path)
    reader.add_argument("routes", type=int, nargs="?", default=100_000)
    reader.add_argument("runs", type=int, nargs="?", default=5)
    reader.add_argument("--keep", type=pathlib.Path, help="write the configuration here as well")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, table = chosen.keep or pathlib.Path(folder, "many.yaml"), pathlib.Path(folder, "many.bin")
        source.write_text(configuration(chosen.routes))
        print(f"{chosen.routes} routes, {source.stat().st_size} bytes of YAML, {chosen.runs} runs, medians")
        commands = {
            "compile": ["compile", source, "-o", table], "check": ["check", source], "verify": ["verify", table]}
        for name, command in commands.items():
            results = [once([chosen.programs / "wsroute", *command]) for _ in range(chosen.runs)]
            clock, processor, memory = (statistics.median(r[i] for r in results) for i in range(3))
            print(f"{name:<8} {clock:.3f} s, {processor:.3f} s of processor time, {memory:.0f} MiB at most")
        size = table.stat().st_size
        print(f"table    {size} bytes, {size / chosen.routes:.1f} for each route")


main()
