"""PyJWT as a second opinion on tokens.

What PyJWT makes is accepted, and what PyJWT refuses is never accepted: for tokens of every algorithm and for thousands
of mutants of them. The reverse may differ: the proxy is stricter (names that come twice, `crit`, padding).
"""

import base64
import json
import random
import time

import aiohttp
import jwt
from interop import Cases, expect, expect_equal, main

cases = Cases()
MUTANTS = 3000
SEED = 20261121


async def status(session, base, algorithm, token):
    """Of a request to the route whose guard takes tokens of this algorithm."""
    async with session.get(f"{base}/{algorithm}/echo", headers={"Authorization": f"Bearer {token}"}) as answer:
        await answer.read()
        return answer.status


def keys(folder):
    """Algorithm, key to sign with, key to verify with."""
    def read(name):
        with open(f"{folder}/{name}", "rb") as file:
            return file.read()
    yield "HS256", read("secret"), read("secret")
    for algorithm, name in [("RS256", "rsa"), ("PS256", "rsa"), ("ES256", "p256"), ("ES384", "p384"), ("EdDSA", "ed")]:
        yield algorithm, read(f"{name}.pem"), read(f"{name}.pub.pem")


def claims(**more):
    return {"sub": "alice", "iss": "me", "aud": ["web"], "exp": int(time.time()) + 3600, **more}


def accepts(token, algorithm, key):
    """What PyJWT says, told the same as the proxy."""
    try:
        jwt.decode(token, key, algorithms=[algorithm], audience="web", issuer="me",
                   options={"require": ["iss", "aud"], "verify_iat": False})
        return True
    except Exception:
        return False


def mutate(token, rng):
    """A token with something else in it."""
    kind = rng.randrange(6)
    if kind == 0:
        place = rng.randrange(len(token))
        return token[:place] + rng.choice("AZaz09-_.=+/ ") + token[place + 1:]
    if kind == 1:
        place = rng.randrange(len(token))
        return token[:place] + token[place + rng.randrange(1, 4):]
    if kind == 2:
        return token + rng.choice(["A", "=", ".", "AAAA", ".AAAA", "=="])
    parts = token.split(".")
    if kind == 3:
        rng.shuffle(parts)
        return ".".join(parts)
    place = rng.randrange(2)
    text = json.loads(base64.urlsafe_b64decode(parts[place] + "=="))
    name = rng.choice(list(text) + ["exp", "nbf", "crit", "kid", "alg"])
    text[name] = rng.choice([None, 0, 1, -1, "none", "HS256", "RS256", [], {}, ["exp"], True, 1e300, "x" * 300])
    parts[place] = base64.urlsafe_b64encode(json.dumps(text).encode()).rstrip(b"=").decode()
    if kind == 5:
        parts[2] = ""
    return ".".join(parts)


@cases.add
async def made_by_pyjwt(base, folder):
    """What PyJWT makes is accepted, with every algorithm."""
    async with aiohttp.ClientSession() as session:
        for algorithm, private, _ in keys(folder):
            token = jwt.encode(claims(), private, algorithm=algorithm)
            expect_equal((algorithm, await status(session, base, algorithm, token)), (algorithm, 200))
            for wrong in [claims(exp=1), claims(nbf=int(time.time()) + 100), claims(iss="you"), claims(aud="you")]:
                token = jwt.encode(wrong, private, algorithm=algorithm)
                expect_equal((wrong, await status(session, base, algorithm, token)), (wrong, 401))


@cases.add
async def mutants(base, folder):
    """Nothing that PyJWT refuses is accepted."""
    rng = random.Random(SEED)
    everything = list(keys(folder))
    tokens = [jwt.encode(claims(), private, algorithm=algorithm) for algorithm, private, _ in everything]
    count = 0
    async with aiohttp.ClientSession() as session:
        for _ in range(MUTANTS):
            number = rng.randrange(len(tokens))
            algorithm, _, key = everything[number]
            token = mutate(tokens[number], rng).strip()
            if not token:
                continue
            answer = await status(session, base, algorithm, token)
            expect(answer in (200, 401), f"{answer} for {token}")
            if answer == 200:
                expect(accepts(token, algorithm, key), f"PyJWT refuses {token}")
            count += 1
    expect(count > MUTANTS // 2, "too few mutants")


if __name__ == "__main__":
    main(cases, "base", "folder")
