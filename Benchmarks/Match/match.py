#!/usr/bin/env python3
"""How long matching takes, by the number and the kind of routes: one line for each table, from `wsroute bench`.

usage: match.py PROGRAMS [--tables tenants,one-host,…] [--sizes 10,1000,100000] [--keep FOLDER] [bench arguments]
       PROGRAMS: the folder of wsroute. Arguments that are not named here go to `wsroute bench`, such as --cold.

  tenants   hosts of ten routes: 4 exact, 4 subtrees, 2 regexes that are segment patterns in disguise
  mixed     exact, segment patterns, subtrees and globs, on hosts of 1 to 200 routes; one host in ten is a wildcard
  one-host  the same routes on a single host
  regexes   mixed, and among it one route in twenty is a regex that stays one (5,000 of 100,000)
  aliases   every route has a host of its own
"""
import argparse, json, pathlib, random, subprocess, sys, tempfile

HEAD = """listeners: [{address: 127.0.0.1, port: 8080}]
services:
"""
SERVICES = 40
NOUNS = ("users rooms orders items invoices devices sessions messages files reports carts events teams projects tickets "
         "builds images metrics alerts tokens").split()


def pattern(number: int, chance: random.Random, with_regexes: bool) -> str:
    """A pattern that no other number gives."""
    noun = NOUNS[number % len(NOUNS)]
    service = f"{noun}-{number // len(NOUNS)}"
    if with_regexes and number % 20 == 7:
        return chance.choice([
            rf"~^/api/v\d+/{service}/(?<id>[0-9a-f]{{4,32}})$",
            rf"~^/{service}/(?:[a-z]+-)+\d+$",
            rf"~^/[a-z]{{2}}/{service}/.+\.(?:png|jpe?g|webp)$",
            rf"~^/{service}/\d+(?:/comments(?:/\d+)?)?$",
        ])
    shape = chance.random()
    if shape < 0.35:
        return chance.choice([f"/api/v1/{service}", f"/{service}/status", f"/v2/accounts/current/{service}/summary"])
    if shape < 0.70:
        return chance.choice([
            f"/api/v1/{service}/{{id}}", f"/api/v1/{service}/{{id}}/{noun}", f"/{service}/{{tenant}}/members/{{member}}",
            f"/ws/{service}/{{room}}"])
    if shape < 0.92:
        return chance.choice([f"/static/{service}/*", f"/{service}/*", f"/events/{service}/{{rest...}}"])
    return chance.choice([f"/assets/{service}/*.js", f"/dl/{service}-*"])


def hosts(table: str, count: int, chance: random.Random) -> list[tuple[str, list[str]]]:
    """Hosts with their patterns."""
    if table == "tenants":
        routes = [f"/e{j}/status" for j in range(4)] + [f"/p{j}/*" for j in range(4)]
        routes += [f"~^/r{j}/v[0-9]+/[a-z]+$" for j in range(8, 10)]
        return [(f"t{host}.example.com", routes) for host in range(max(1, count // 10))]
    if table == "aliases":
        return [(f"t{number}.example.com", ["/*"]) for number in range(count)]
    patterns = [pattern(number, chance, table == "regexes") for number in range(count)]
    if table == "one-host":
        return [("api.example.com", patterns)]
    rules, start = [], 0
    while start < count:
        size = min(chance.choice([1, 2, 5, 10, 20, 50, 200]), count - start)
        name = f"{chance.choice(NOUNS)}-{len(rules)}.{chance.choice(['example.com', 'internal.example.net', 'eu.example.org'])}"
        rules.append(("*." + name if len(rules) % 10 == 9 else name, patterns[start:start + size]))
        start += size
    return rules


def configuration(table: str, count: int) -> str:
    chance = random.Random(f"{table} {count}")
    lines = [HEAD.rstrip()]
    lines += [f"  s{number}: {{url: \"http://127.0.0.1:{9000 + number}\"}}" for number in range(min(SERVICES, count))]
    lines.append("host_rules:")
    number = 0
    for host, patterns in hosts(table, count, chance):
        lines += [f"  - pattern: \"{host}\"", "    route_rules:"]
        for text in patterns:
            lines.append(f"      - {{pattern: '{text}', target: s{number % min(SERVICES, count)}}}")
            number += 1
    return "\n".join(lines) + "\n"


def measure(programs: pathlib.Path, folder: pathlib.Path, table: str, count: int, arguments: list[str]) -> dict:
    source, binary = folder / f"{table}-{count}.yaml", folder / f"{table}-{count}.bin"
    if not binary.exists():
        source.write_text(configuration(table, count))
        subprocess.run([programs / "wsroute", "compile", source, "-o", binary], check=True, stdout=subprocess.DEVNULL)
    run = subprocess.run([programs / "wsroute", "bench", binary, "--format", "json", *arguments],
                         check=True, stdout=subprocess.PIPE)
    return json.loads(run.stdout)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("programs", type=pathlib.Path)
    reader.add_argument("--tables", default="tenants,mixed,one-host,regexes,aliases")
    reader.add_argument("--sizes", default="10,1000,100000")
    reader.add_argument("--keep", type=pathlib.Path, help="keep the configurations and tables in this folder, and use those that are there")
    options, arguments = reader.parse_known_args()
    print(f"{'table':<10}{'routes':>8}{'hosts':>8}{'p50 ns':>8}{'p99 ns':>8}{'miss p50':>9}{'matches/s':>12}"
          f"{'allocations':>12}{'load ms':>9}{'bytes/route':>12}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for table in options.tables.split(","):
            for count in map(int, options.sizes.split(",")):
                found = measure(options.programs, folder, table, count, arguments)
                if found["routes_without_request"]:
                    print(f"match: no request for {found['routes_without_request']} routes", file=sys.stderr)
                missed = (found["misses"] or {}).get("p50_ns", "-")
                print(f"{table:<10}{found['routes']:>8}{found['hosts']:>8}{found['p50_ns']:>8}{found['p99_ns']:>8}"
                      f"{missed:>9}{found['matches_per_second']:>12}{found['allocations'] if found['allocations'] is not None else '-':>12}{found['load_ms']:>9}"
                      f"{found['table_bytes'] / found['routes']:>12.0f}", flush=True)


main()
