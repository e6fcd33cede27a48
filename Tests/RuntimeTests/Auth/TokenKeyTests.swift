import RouteTable
import Runtime
import TableFormat
import TestSupport
import Testing

private let claims = #"{"sub":"alice"}"#
private let good = TokenTrial.Verdict.accepted(untilMilliseconds: nil)

/// Each algorithm with a public key, the kind of the key, the bits of the hash.
private let schemes: [(TokenAlgorithm, String, Int)] = [
    (.rs256, "RSA", 256), (.rs384, "RSA", 384), (.rs512, "RSA", 512), (.ps256, "RSA", 256),
    (.ps384, "RSA", 384), (.ps512, "RSA", 512), (.es256, "P-256", 256), (.es384, "P-384", 384),
    (.es512, "P-521", 512), (.edDSA, "ED25519", 0), (.edDSA, "ED448", 0),
]

@Suite("Keys of tokens")
struct TokenKeyTests {
    private static func header(_ algorithm: TokenAlgorithm) -> String {
        #"{"alg":"\#(algorithm.name)","typ":"JWT"}"#
    }

    @Test(
        "Every algorithm verifies what its key has signed, and nothing else",
        arguments: schemes.indices)
    func scheme(index: Int) throws {
        let (algorithm, kind, bits) = schemes[index]
        let key = try PrivateKey(kind)
        let other = try PrivateKey(kind)
        let directory = try TemporaryDirectory()
        var description = AuthDescription.tokens(algorithm)
        description.publicKey = try directory.write("key.pem", key.publicPEM)
        var trial = try TokenTrial(description)
        let isPSS = algorithm.family == .rsaPSS
        let header = Self.header(algorithm)
        let token = try key.token(claims, header: header, bits: bits, isPSS: isPSS)
        #expect(trial.verdict(token) == good)
        #expect(
            trial.verdict(try other.token(claims, header: header, bits: bits, isPSS: isPSS))
                == .refused("token_signature"))
        if kind == "RSA" {
            // The other padding.
            #expect(
                trial.verdict(try key.token(claims, header: header, bits: bits, isPSS: !isPSS))
                    == .refused("token_signature"))
        }
        if algorithm.family == .ecdsa {
            // Zeros are a pair that a careless verifier takes for a signature of anything.
            let byteCount = algorithm == .es512 ? 132 : bits / 4
            let zeros = [UInt8](repeating: 0, count: byteCount)
            #expect(
                trial.verdict(TokenText.join(header, claims, zeros)) == .refused("token_signature"))
        }
    }

    @Test("Secrets sign with all three hashes", arguments: [256, 384, 512])
    func hashes(bits: Int) throws {
        let secret = String(repeating: "0123456789abcdef", count: 4)
        let algorithm: TokenAlgorithm = bits == 256 ? .hs256 : bits == 384 ? .hs384 : .hs512
        var trial = try TokenTrial(
            AuthDescription.tokens(algorithm).with { $0.secret = .literal(secret) })
        let token = TokenText.hmac(
            claims, secret: secret, header: Self.header(algorithm), bits: bits)
        #expect(trial.verdict(token) == good)
    }

    @Test("`kid` chooses in a set of keys; without one, only a key without a rival is taken")
    func names() throws {
        let first = try PrivateKey("P-256")
        let second = try PrivateKey("P-256")
        let rsa = try PrivateKey("RSA")
        let directory = try TemporaryDirectory()
        let set = try [
            Self.curveKey(first, #""kid":"one","use":"sig""#),
            Self.curveKey(second, #""kid":"two","alg":"ES256""#),
            Self.curveKey(second, #""kid":"sealed","use":"enc""#),
            Self.curveKey(second, #""kid":"makes","key_ops":["sign"]"#),
            Self.rsaKey(rsa, #""kid":"rsa""#),
            #"{"kty":"new","kid":"three"}"#, #"{"kid":"four"}"#, "7",
        ].joined(separator: ",")
        var description = AuthDescription.tokens(.es256, .rs256)
        description.keySet = try directory.write("keys.json", #"{"keys":[\#(set)]}"#)
        var trial = try TokenTrial(description)
        func token(_ key: PrivateKey, _ name: String?) throws -> String {
            let kid = name.map { #","kid":"\#($0)""# } ?? ""
            return try key.token(claims, header: #"{"alg":"ES256"\#(kid)}"#, bits: 256)
        }
        #expect(trial.verdict(try token(first, "one")) == good)
        #expect(trial.verdict(try token(first, "on\\u0065")) == good)
        #expect(trial.verdict(try token(second, "two")) == good)
        #expect(trial.verdict(try token(second, "one")) == .refused("token_signature"))
        #expect(trial.verdict(try token(second, "sealed")) == .refused("token_key"))
        #expect(trial.verdict(try token(second, "makes")) == .refused("token_key"))
        #expect(trial.verdict(try token(first, "rsa")) == .refused("token_key"))
        #expect(trial.verdict(try token(first, "../one")) == .refused("token_key"))
        #expect(trial.verdict(try token(first, "")) == .refused("token_key"))
        #expect(trial.verdict(try token(first, nil)) == .refused("token_key"))
        #expect(
            trial.verdict(try rsa.token(claims, header: #"{"alg":"RS256"}"#, bits: 256)) == good)
        #expect(trial.notices.count == 1 && trial.notices[0].contains("left out 5"))
    }

    @Test(
        "The set's own mistakes keep it from being taken",
        arguments: [
            ("", "is not JSON"),
            ("{}", "no list `keys`"),
            (#"{"keys":{}}"#, "no list `keys`"),
            (#"{"keys":[]}"#, "holds no key"),
            (#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#, "for any of `algorithms`"),
            (#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#, "holds no key"),
            (#"{"keys":[],"keys":[]}"#, "two members of one name"),
            (
                #"{"keys":[{"kty":"oct","k":"AAAA","kid":"a"},"#
                    + #"{"kty":"oct","k":"BBBB","kid":"a"}]}"#,
                "same `kid`"
            ),
        ])
    func faultySet(text: String, reason: String) throws {
        let directory = try TemporaryDirectory()
        var description = AuthDescription.tokens(.rs256)
        description.keySet = try directory.write("keys.json", text)
        let error = #expect(throws: StartupError.self) { _ = try TokenTrial(description) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test("Keys that are weak, of another kind or private keep the table from loading")
    func weakKeys() throws {
        let directory = try TemporaryDirectory()
        func fault(_ algorithm: TokenAlgorithm, _ pem: String) throws -> String {
            var description = AuthDescription.tokens(algorithm)
            description.publicKey = try directory.write("key.pem", pem)
            let error = #expect(throws: StartupError.self) { _ = try TokenTrial(description) }
            return error?.message ?? ""
        }
        let curve = try PrivateKey("P-256").publicPEM
        #expect(try fault(.es384, curve).contains("`public_key` is of no use"))
        #expect(try fault(.rs256, curve).contains("`public_key` is of no use"))
        #expect(try fault(.hs256, curve).contains("`public_key` is of no use"))
        #expect(try fault(.rs256, "").contains("no public key in PEM form"))
        #expect(try fault(.rs256, "-----BEGIN PRIVATE KEY-----").contains("a private key"))
        #expect(try fault(.es256, PrivateKey("secp256k1").publicPEM).contains("another curve"))
        #expect(try fault(.rs256, PrivateKey("RSA-1024").publicPEM).contains("less than 2048"))
    }

    @Test(
        "A secret that is missing, empty or short is refused; one that is written out warns"
    )
    func secrets() throws {
        let directory = try TemporaryDirectory()
        func fault(_ secret: AuthDescription.Secret) -> String {
            let description = AuthDescription.tokens(.hs256).with { $0.secret = secret }
            let error = #expect(throws: StartupError.self) { _ = try TokenTrial(description) }
            return error?.message ?? ""
        }
        #expect(fault(.environment("WSROUTE_NOT_SET")).contains("is not set"))
        #expect(fault(.file(directory.file("none"))).contains("no such file"))
        #expect(fault(.file(try directory.write("empty", "\n"))).contains("is empty"))
        #expect(
            fault(.file(try directory.write("short", "31 bytes are not enough for it.\n")))
                .contains("has 31 bytes"))
        #expect(
            fault(.file(try directory.write("large", bytes: [UInt8](repeating: 65, count: 65_537))))
                .contains("larger than"))

        let enough = try directory.write("enough", AuthDescription.sharedSecret + "\r\n")
        var trial = try TokenTrial(
            AuthDescription.tokens(.hs256).with { $0.secret = .file(enough) })
        #expect(trial.verdict(claims: claims) == good)
        #expect(trial.notices.isEmpty)

        trial = try TokenTrial(
            AuthDescription.tokens(.hs256).with { $0.secret = .literal("short") })
        #expect(trial.verdict(TokenText.hmac(claims, secret: "short")) == good)
        #expect(trial.notices.count == 1 && trial.notices[0].contains("at least 32"))
    }

    private static func curveKey(_ key: PrivateKey, _ more: String) throws -> String {
        let x = TokenText.base64URL(try key.number("qx", byteCount: 32))
        let y = TokenText.base64URL(try key.number("qy", byteCount: 32))
        return #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)",\#(more)}"#
    }

    private static func rsaKey(_ key: PrivateKey, _ more: String) throws -> String {
        let modulus = TokenText.base64URL(try key.number("n", byteCount: 256))
        return #"{"kty":"RSA","e":"AQAB","n":"\#(modulus)",\#(more)}"#
    }
}
