#!/usr/bin/env python3
"""How much more two workers serve than one, on a machine that has no cores to spare for that.

    Benchmarks/workers.py [PROGRAMS] [SECONDS]          .build/release and 4, if not given; needs wrk

Capacity is what one second of a worker's processor time serves, times the workers, as far as they share the work
evenly: with the busiest of two at a share of 55 % of all work, two serve as much as 1 / 0.55 of one. So the figure is
(processor time of one request with one worker / with two) / (share of the busiest worker), the worst of five rounds
that take turns. 1,000 connections that live through a round, and as many again with a connection for each request.

The proxy has core 0, load and origin share core 1: where all of them wander over two cores, the kernel's work for the
others is charged to whoever is running, and one worker costs anything between half and double. Two workers on one core
are the harder case: each is woken for half as much at a time, and they take turns.
"""

import pathlib, re, statistics, subprocess, sys, tempfile, time

PROGRAMS = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release").resolve()
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 4


def task_seconds(pid):
    """Processor time of each thread, by its name and number."""
    times = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        fields = (task / "stat").read_text()
        name, rest = fields[fields.index("(") + 1:fields.rindex(")")], fields[fields.rindex(")") + 2:].split()
        times[f"{name} {task.name}"] = (int(rest[11]) + int(rest[12])) / 100
    return times


def measure(table, workers, closes):
    proxy = subprocess.Popen(
        ["taskset", "-c", "0", PROGRAMS / "wsproxy", "--routes", table, "--listen", "127.0.0.1:0=8080", "--workers", str(workers),
         "--log-level", "error"], stdout=subprocess.PIPE, text=True)
    try:
        port = re.search(r"listeners=\S*?:(\d+)", proxy.stdout.readline())[1]
        before = task_seconds(proxy.pid)
        command = ["taskset", "-c", "1", "wrk", "-t1", "-c1000", f"-d{SECONDS}s", f"http://127.0.0.1:{port}/bytes/128"]
        if closes:
            command[4:4] = ["-H", "Connection: close"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        after = task_seconds(proxy.pid)
    finally:
        proxy.terminate()
        proxy.wait()
    count = int(re.search(r"(\d+) requests in", output)[1])
    spent = {name: after[name] - before.get(name, 0) for name in after}
    busiest = max(spent.values())
    return sum(spent.values()) / count * 1e6, busiest / sum(spent.values())


def main():
    with tempfile.TemporaryDirectory() as folder:
        origin = subprocess.Popen(
            ["taskset", "-c", "1", PROGRAMS / "wsorigin", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        port = int(origin.stdout.readline().rsplit(":", 1)[1])
        config, table = pathlib.Path(folder) / "c.yaml", pathlib.Path(folder) / "t.bin"
        config.write_text(f'services: {{o: {{url: "http://127.0.0.1:{port}"}}}}\nroute_rules: [{{pattern: /*, target: o}}]\n')
        try:
            subprocess.run([PROGRAMS / "wsroute", "compile", config, "-o", table], check=True, stdout=subprocess.DEVNULL)
            for closes in [False, True]:
                ones, twos = [], []
                for _ in range(5):
                    ones.append(measure(table, 1, closes)[0])
                    twos.append(measure(table, 2, closes))
                one, two = statistics.median(ones), statistics.median(time for time, _ in twos)
                share = max(share for _, share in twos)
                print(f"{'a connection each' if closes else 'kept connections':<18} one worker {one:6.1f} µs, two {two:6.1f} µs a request;"
                      f" the busiest of two has at most {share:.0%}: {one / two / share:.2f} times one", flush=True)
        finally:
            origin.terminate()


main()
