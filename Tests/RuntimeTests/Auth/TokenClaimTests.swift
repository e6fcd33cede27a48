import RouteTable
import Runtime
import TableFormat
import TestSupport
import Testing

private typealias Verdict = TokenTrial.Verdict
private let always = Verdict.accepted(untilMilliseconds: nil)

/// Claims and what is said of them at ``momentOfTheExamples`` without demands.
private let datedClaims: [(String, TokenTrial.Verdict)] = [
    ("{}", .accepted(untilMilliseconds: nil)),
    (#"{"exp":1300819080.5}"#, .accepted(untilMilliseconds: 1_300_819_080_500)),
    (#"{"exp":1.3008190805e9}"#, .accepted(untilMilliseconds: 1_300_819_080_500)),
    (#"{"exp":1300819080}"#, .refused("token_expired")),
    (#"{"exp":0}"#, .refused("token_expired")),
    (#"{"exp":-1}"#, .refused("token_expired")),
    (#"{"exp":-0}"#, .refused("token_expired")),
    (#"{"exp":1e15}"#, .refused("token_malformed")),
    (#"{"exp":1e999}"#, .refused("token_malformed")),
    (#"{"exp":-1e999}"#, .refused("token_malformed")),
    (#"{"exp":99999999999999999999999999999999999}"#, .refused("token_malformed")),
    (#"{"exp":"1300819380"}"#, .refused("token_malformed")),
    (#"{"exp":null}"#, .refused("token_malformed")),
    (#"{"exp":[1300819380]}"#, .refused("token_malformed")),
    (#"{"exp":true}"#, .refused("token_malformed")),
    (#"{"nbf":1300819080}"#, .accepted(untilMilliseconds: nil)),
    (#"{"nbf":1300819080.001}"#, .refused("token_not_yet_valid")),
    (#"{"nbf":1300819081}"#, .refused("token_not_yet_valid")),
    (#"{"nbf":"1"}"#, .refused("token_malformed")),
    (#"{"iat":1400000000}"#, .accepted(untilMilliseconds: nil)),
    (#"{"iat":"yesterday"}"#, .refused("token_malformed")),
    (#"{"nested":{"exp":1}}"#, .accepted(untilMilliseconds: nil)),
]

/// JSON that is none (RFC 8259), or that two readers may read in two ways.
private let notJSON = [
    "{", "}", "{}}", "{},", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a" 1}"#, #"{a:1}"#,
    #"{'a':1}"#, #"{"a":01}"#, #"{"a":-}"#, #"{"a":+1}"#, #"{"a":.5}"#, #"{"a":1.}"#, #"{"a":1e}"#,
    #"{"a":1e+}"#, #"{"a":0x10}"#, #"{"a":NaN}"#, #"{"a":Infinity}"#, #"{"a":tru}"#, #"{"a":True}"#,
    #"{"a":nul}"#, #"{"a":[1,]}"#, #"{"a":[,1]}"#, #"{"a":[1 2]}"#, #"{"a":"b}"#, #"{"a":"\x"}"#,
    #"{"a":"\u12"}"#, #"{"a":"\u123g"}"#, #"{"a":"\ud800"}"#, #"{"a":"\ud800\u0041"}"#,
    #"{"a":"\udc00"}"#, #"{"a":"\ud800\ud800"}"#, "{\"a\":\"\u{1}\"}", "{\"a\":\"\n\"}",
    "{\"a\":1}\0", "\u{FEFF}{}", "{}//", "{\"a\":1}{}", #"{"a":1,"b":2,"a":3}"#,
]

/// `iss` and `aud`, and what is said where `me` is asked for by both.
private let meant: [(String, String)] = [
    (#"{"iss":"me","aud":"me"}"#, ""),
    (#"{"iss":"me","aud":["you","me"]}"#, ""),
    (#"{"iss":"m\u0065","aud":"me"}"#, ""),
    (#"{"aud":"me"}"#, "token_issuer"),
    (#"{"iss":"Me","aud":"me"}"#, "token_issuer"),
    (#"{"iss":"me ","aud":"me"}"#, "token_issuer"),
    (#"{"iss":["me"],"aud":"me"}"#, "token_issuer"),
    (#"{"iss":null,"aud":"me"}"#, "token_issuer"),
    (#"{"iss":"me"}"#, "token_audience"),
    (#"{"iss":"me","aud":"you"}"#, "token_audience"),
    (#"{"iss":"me","aud":"me you"}"#, "token_audience"),
    (#"{"iss":"me","aud":[]}"#, "token_audience"),
    (#"{"iss":"me","aud":[["me"]]}"#, "token_audience"),
    (#"{"iss":"me","aud":{"me":1}}"#, "token_audience"),
]

/// Roles, and whether `admin` is among them.
private let roleClaims: [(String, String, Bool)] = [
    ("roles", #"{"roles":"admin"}"#, true),
    ("roles", #"{"roles":"user admin"}"#, true),
    ("roles", #"{"roles":"user  admin "}"#, true),
    ("roles", #"{"roles":["user","admin"]}"#, true),
    ("roles", #"{"roles":"administrator"}"#, false),
    ("roles", #"{"roles":"user,admin"}"#, false),
    ("roles", #"{"roles":["user admin"]}"#, false),
    ("roles", #"{"roles":[["admin"]]}"#, false),
    ("roles", #"{"roles":{"admin":true}}"#, false),
    ("roles", #"{"roles":""}"#, false),
    ("roles", #"{}"#, false),
    ("realm_access.roles", #"{"realm_access":{"roles":["admin"]}}"#, true),
    ("realm_access.roles", #"{"realm_access.roles":["admin"]}"#, true),
    ("realm_access.roles", #"{"realm_access":["roles","admin"]}"#, false),
    ("realm_access.roles", #"{"realm_access":{"role":["admin"]}}"#, false),
    ("https://a.example/r", #"{"https://a.example/r":"admin"}"#, true),
    ("a.b.c", #"{"a":{"b":{"c":"admin"}}}"#, true),
    ("a..c", #"{"a":{"":{"c":"admin"}}}"#, true),
]

/// Claims and the text that others see of `c`.
private let shownClaims: [(String, String)] = [
    (#"{"c":"alice"}"#, "alice"),
    (#"{"c":"Zo\u00eb \ud83d\ude00"}"#, "Zoë 😀"),
    (#"{"c":17}"#, "17"),
    (#"{"c":1.50}"#, "1.50"),
    (#"{"c":true}"#, "true"),
    (#"{"c":false}"#, "false"),
    (#"{"c":["a","b",3]}"#, "a,b,3"),
    (#"{"c":[]}"#, ""),
    (#"{"c":null}"#, ""),
    (#"{"c":{"d":1}}"#, ""),
    (#"{"d":"x"}"#, ""),
    // No header may hold these: who writes one looks at them.
    (#"{"c":"a\r\nSet-Cookie: x"}"#, "a\r\nSet-Cookie: x"),
    (#"{"c":"a\u0000"}"#, "a\0"),
    (#"{"c":["a","b\u007f"]}"#, "a,b\u{7F}"),
]

@Suite("Claims of tokens")
struct TokenClaimTests {
    @Test("Dates are numbers, and right now is between them", arguments: datedClaims.indices)
    func dates(index: Int) throws {
        var trial = try TokenTrial(.shared)
        #expect(trial.verdict(claims: datedClaims[index].0) == datedClaims[index].1)
    }

    @Test("Leeway counts at both ends")
    func leeway() throws {
        var trial = try TokenTrial(.shared.with { $0.leewayMilliseconds = 5_000 })
        #expect(
            trial.verdict(claims: #"{"exp":1300819076}"#)
                == .accepted(untilMilliseconds: 1_300_819_081_000))
        #expect(trial.verdict(claims: #"{"exp":1300819075}"#) == .refused("token_expired"))
        #expect(trial.verdict(claims: #"{"nbf":1300819085}"#) == always)
        #expect(trial.verdict(claims: #"{"nbf":1300819086}"#) == .refused("token_not_yet_valid"))
    }

    @Test("What is not JSON is refused though it is signed", arguments: notJSON)
    func json(claims: String) throws {
        var trial = try TokenTrial(.shared)
        #expect(trial.verdict(claims: claims) == .refused("token_malformed"))
    }

    @Test(
        "Text that is not UTF-8 is refused",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xE2, 0x82],
            [0xFF],
        ] as [[UInt8]])
    func encoding(bytes: [UInt8]) throws {
        var trial = try TokenTrial(.shared)
        let claims = Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)
        let signed =
            TokenText.base64URL(Array(#"{"alg":"HS256"}"#.utf8)) + "." + TokenText.base64URL(claims)
        let signature = TokenText.hmac(signed, secret: Array(AuthDescription.sharedSecret.utf8))
        #expect(
            trial.verdict("\(signed).\(TokenText.base64URL(signature))")
                == .refused("token_malformed"))
    }

    @Test("Issuer and audience are those that are asked for", arguments: meant.indices)
    func audience(index: Int) throws {
        let description = AuthDescription.shared.with {
            $0.issuer = "me"
            $0.audiences = ["nobody", "me"]
        }
        var trial = try TokenTrial(description)
        let (claims, reason) = meant[index]
        #expect(trial.verdict(claims: claims) == (reason.isEmpty ? always : .refused(reason)))
    }

    @Test(
        "One role of those asked for is enough, wherever it stands", arguments: roleClaims.indices)
    func role(index: Int) throws {
        let (name, claims, isThere) = roleClaims[index]
        var trial = try TokenTrial(
            .shared.with {
                $0.rolesClaim = name
                $0.roles = ["owner", "admin"]
            })
        #expect(trial.verdict(claims: claims) == (isThere ? always : .refused("token_roles")))
    }

    @Test("Others see a claim as text", arguments: shownClaims.indices)
    func text(index: Int) throws {
        var trial = try TokenTrial(.shared, claims: ["sub", "c"])
        let (claims, text) = shownClaims[index]
        #expect(trial.verdict(claims: claims) == always)
        #expect(String(decoding: trial.claim("c"), as: UTF8.self) == text)
        // The same of a token that was verified before.
        #expect(trial.verdict(claims: claims) == always)
        #expect(String(decoding: trial.claim("c"), as: UTF8.self) == text)
    }

    /// Goal: a token that was found good is not good for ever, nor for others.
    /// Method: many tokens, more than are kept, asked for again before and after their end.
    @Test("Tokens that were verified before still end")
    func cache() throws {
        var trial = try TokenTrial(.shared, claims: ["sub"])
        let end = momentOfTheExamples + 1_000
        let tokens = (0..<6_000).map { number in
            TokenText.hmac(
                #"{"sub":"user \#(number)","exp":1300819081}"#, secret: AuthDescription.sharedSecret
            )
        }
        for round in 0..<2 {
            for (number, token) in tokens.enumerated() {
                let verdict = trial.verdict(token)
                #expect(verdict == .accepted(untilMilliseconds: end), "round \(round)")
                #expect(trial.claim("sub") == Array("user \(number)".utf8))
            }
        }
        for token in tokens {
            #expect(trial.verdict(token, now: end) == .refused("token_expired"))
        }
    }
}
