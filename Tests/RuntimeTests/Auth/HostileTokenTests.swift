import RouteTable
import Runtime
import TableFormat
import TestSupport
import Testing

private let good = #"{"sub":"alice","exp":1300819380}"#
private let secret = AuthDescription.sharedSecret

private func forged(_ header: String, _ claims: String = good) -> String {
    TokenText.hmac(claims, secret: secret, header: header)
}

private func changed(_ change: (inout [Character]) -> Void) -> String {
    var token = Array(TokenText.hmac(good, secret: secret))
    change(&token)
    return String(token)
}

/// Tokens that nobody may come in with, and why.
private let hostile: [(String, String)] = [
    ("", "token_missing"),
    (".", "token_malformed"),
    ("..", "token_malformed"),
    ("...", "token_malformed"),
    ("a.b.c", "token_malformed"),
    (String(repeating: "A", count: 16 * 1_024 + 1), "token_too_long"),
    (String(repeating: ".", count: 16 * 1_024), "token_malformed"),
    // Cut, and with something behind.
    (changed { $0.removeLast() }, "token_malformed"),
    (changed { $0.removeLast(43) }, "token_malformed"),
    (changed { $0.removeLast(44) }, "token_malformed"),
    (changed { $0.append("A") }, "token_signature"),
    (changed { $0 += ["A", "A"] }, "token_malformed"),
    (changed { $0.append(".") }, "token_malformed"),
    (changed { $0.append("=") }, "token_malformed"),
    (changed { $0.append(" ") }, "token_malformed"),
    (changed { $0.append("\n") }, "token_malformed"),
    (changed { $0.insert(" ", at: 0) }, "token_malformed"),
    (changed { $0.append(contentsOf: ".AAAA.AAAA") }, "token_malformed"),
    // The same bytes in another writing.
    ("eyJhbGciOiJIUzI1NiJ9=." + changed { $0.removeFirst(21) }, "token_malformed"),
    ("eyJhbGciOiJIUzI1NiJ8." + changed { $0.removeFirst(21) }, "token_malformed"),
    ("eyJhbGciOiJIUzI1NiJ+." + changed { $0.removeFirst(21) }, "token_malformed"),
    // What the header says.
    (forged(#"{"alg":"none"}"#), "token_algorithm"),
    (forged(#"{"alg":"None"}"#), "token_algorithm"),
    (forged(#"{"alg":"nOnE"}"#), "token_algorithm"),
    (forged(#"{"alg":"NONE"}"#), "token_algorithm"),
    (forged(#"{"alg":""}"#), "token_algorithm"),
    (forged(#"{"alg":"hs256"}"#), "token_algorithm"),
    (forged(#"{"alg":"HS256 "}"#), "token_algorithm"),
    (forged(#"{"alg":"HS256\u0000"}"#), "token_algorithm"),
    (forged(#"{"alg":"RS256"}"#), "token_algorithm"),
    (forged(#"{"alg":"HS384"}"#), "token_algorithm"),
    (forged(#"{"alg":["HS256"]}"#), "token_malformed"),
    (forged(#"{"alg":null}"#), "token_malformed"),
    (forged(#"{"typ":"JWT"}"#), "token_malformed"),
    (forged(#"{"alg":"HS256","alg":"HS256"}"#), "token_malformed"),
    (forged(#"{"alg":"HS256","\u0061lg":"none"}"#), "token_malformed"),
    (forged(#"["HS256"]"#), "token_malformed"),
    (forged(#""HS256""#), "token_malformed"),
    (forged(#"{"alg":"HS256"}x"#), "token_malformed"),
    (forged(#"{"alg":"HS256","crit":["exp"],"exp":1}"#), "token_malformed"),
    (forged(#"{"alg":"HS256","crit":[]}"#), "token_malformed"),
    (forged(#"{"alg":"HS256","b64":false,"crit":["b64"]}"#), "token_malformed"),
    (forged(#"{"alg":"HS256","kid":7}"#), "token_key"),
    (forged(#"{"alg":"HS256","x":[[[[1]]]]}"#), "token_malformed"),
    (
        forged(#"{"alg":"HS256","x":""# + String(repeating: "a", count: 4_096) + #""}"#),
        "token_too_long"
    ),
    (
        forged(#"{"alg":"HS256","x":["# + String(repeating: "1,", count: 200) + "1]}"),
        "token_malformed"
    ),
    // A signature that is none.
    (TokenText.join(#"{"alg":"HS256"}"#, good, []), "token_malformed"),
    (
        TokenText.join(#"{"alg":"HS256"}"#, good, [UInt8](repeating: 0, count: 32)),
        "token_signature"
    ),
    (
        TokenText.hmac(good, secret: "another secret of more than 32 bytes"), "token_signature"
    ),
    (TokenText.hmac(good, secret: ""), "token_signature"),
    (TokenText.hmac(good, secret: secret, bits: 512), "token_signature"),
    // What is signed well and says nothing good.
    (forged(#"{"alg":"HS256"}"#, "[]"), "token_malformed"),
    (forged(#"{"alg":"HS256"}"#, "null"), "token_malformed"),
    (forged(#"{"alg":"HS256"}"#, ""), "token_malformed"),
    (forged(#"{"alg":"HS256"}"#, #"{"exp":1300819380,"exp":4000000000}"#), "token_malformed"),
    (
        forged(#"{"alg":"HS256"}"#, #"{"exp":1300819380,"\u0065xp":4000000000}"#),
        "token_malformed"
    ),
    (forged(#"{"alg":"HS256"}"#, #"{"a":{"b":1,"b":2}}"#), "token_malformed"),
    (
        forged(
            #"{"alg":"HS256"}"#,
            String(repeating: #"{"a":"#, count: 17) + "1" + String(repeating: "}", count: 17)),
        "token_malformed"
    ),
    (
        forged(
            #"{"alg":"HS256"}"#,
            #"{"a":"# + String(repeating: "[", count: 5_000)
                + String(repeating: "]", count: 5_000) + "}"), "token_malformed"
    ),
]

@Suite("Hostile tokens")
struct HostileTokenTests {
    @Test("A hostile token is refused for what it is", arguments: hostile.indices)
    func refusal(index: Int) throws {
        var trial = try TokenTrial(.shared)
        #expect(trial.verdict(hostile[index].0) == .refused(hostile[index].1))
    }

    @Test("The token that the hostile ones are made of is good")
    func control() throws {
        var trial = try TokenTrial(.shared)
        #expect(
            trial.verdict(forged(#"{"alg":"HS256"}"#))
                == .accepted(untilMilliseconds: 1_300_819_380_000))
        #expect(
            trial.verdict(forged(#"{"alg":"HS256","kid":"../../etc/passwd"}"#))
                == .accepted(untilMilliseconds: 1_300_819_380_000))
    }

    /// Goal: nobody who knows a public key can sign with it.
    /// Method: the key's own text as the secret of an HMAC, for every way of giving the key.
    @Test("A public key is never taken for a secret")
    func confusion() throws {
        let key = try PrivateKey("RSA")
        let directory = try TemporaryDirectory()
        let token = TokenText.hmac(good, secret: key.publicPEM)
        var description = AuthDescription.tokens(.rs256)
        description.publicKey = try directory.write("key.pem", key.publicPEM)
        var trial = try TokenTrial(description)
        #expect(trial.verdict(token) == .refused("token_algorithm"))

        // Where both are allowed each has a key of its own.
        description.algorithms |= TokenAlgorithm.hs256.bit
        #expect(throws: StartupError.self) { _ = try TokenTrial(description) }
        description.secret = .literal(secret)
        trial = try TokenTrial(description)
        #expect(trial.verdict(token) == .refused("token_signature"))

        description.publicKey = nil
        description.algorithms = TokenAlgorithm.hs256.bit
        description.secret = .literal(key.publicPEM)
        #expect(throws: StartupError.self) { _ = try TokenTrial(description) }
    }

    @Test("A key inside the token is not looked at")
    func embeddedKey() throws {
        let key = try PrivateKey("ED25519")
        let other = try PrivateKey("ED25519")
        let directory = try TemporaryDirectory()
        var description = AuthDescription.tokens(.edDSA)
        description.publicKey = try directory.write("key.pem", key.publicPEM)
        var trial = try TokenTrial(description)
        let header = #"{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"AAAA"}}"#
        #expect(
            trial.verdict(try other.token(good, header: header, bits: 0))
                == .refused("token_signature"))
        #expect(
            trial.verdict(try key.token(good, header: header, bits: 0))
                == .accepted(untilMilliseconds: 1_300_819_380_000))
    }

    /// Goal: no bit of a token may be changed.
    /// Method: flip each bit of a good one. What is still made of the right letters must fail by its
    /// signature or as malformed, never pass.
    @Test("No bit of a token can be changed")
    func bitFlips() throws {
        var trial = try TokenTrial(.shared)
        let token = Array(TokenText.hmac(good, secret: secret).utf8)
        var accepted = 0
        for place in token.indices {
            for bit in 0..<8 {
                var changed = token
                changed[place] ^= 1 << UInt8(bit)
                let verdict = trial.verdict(of: changed, now: momentOfTheExamples)
                if case .accepted = verdict { accepted += 1 }
            }
        }
        #expect(accepted == 0)
        #expect(
            trial.verdict(of: token, now: momentOfTheExamples)
                == .accepted(untilMilliseconds: 1_300_819_380_000))
    }
}
