import RouteTable
import Runtime
import TableFormat
import TestSupport
import Testing

/// The claims of RFC 7515, A.1 and RFC 7519, 3.1, in base64url.
private let claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

/// The keys of RFC 7515, A.1 to A.4 and RFC 8037, A.1.
private let keys = #"""
    {"keys": [
      {"kty": "oct", "kid": "A.1",
       "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
      {"kty": "RSA", "kid": "A.2", "e": "AQAB",
       "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrc\#
    S2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGz\#
    jb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xs\#
    mtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8\#
    q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"},
      {"kty": "EC", "kid": "A.3", "crv": "P-256",
       "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
       "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
      {"kty": "EC", "kid": "A.4", "crv": "P-521",
       "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
       "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"},
      {"kty": "OKP", "kid": "ed", "crv": "Ed25519",
       "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    ]}
    """#

/// Header, claims, signature and what is said of it. A signature that is wrong is found before claims that are
/// no object, so `token_malformed` says that it was right.
private let examples: [(String, String, String, TokenTrial.Verdict)] = [
    (
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", claims,
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        .accepted(untilMilliseconds: 1_300_819_380_000)
    ),
    (
        "eyJhbGciOiJSUzI1NiJ9", claims,
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Q"
            + "c_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTy"
            + "WzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwu"
            + "sC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5A"
            + "XLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
        .accepted(untilMilliseconds: 1_300_819_380_000)
    ),
    (
        "eyJhbGciOiJFUzI1NiJ9", claims,
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        .accepted(untilMilliseconds: 1_300_819_380_000)
    ),
    (
        "eyJhbGciOiJFUzUxMiJ9", "UGF5bG9hZA",
        "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB"
            + "34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNr"
            + "mxYbSW9ERBXukOXolLzeO_Jn",
        .refused("token_malformed")
    ),
    (
        "eyJhbGciOiJFZERTQSJ9", "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        .refused("token_malformed")
    ),
    // RFC 7515, A.5: not signed.
    ("eyJhbGciOiJub25lIn0", claims, "", .refused("token_malformed")),
    // The first one, signed by another, and one byte of its claims changed.
    (
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", claims,
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", .refused("token_malformed")
    ),
    (
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", claims,
        "eBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", .refused("token_signature")
    ),
]

@Suite("The examples of the RFCs")
struct TokenExampleTests {
    private func trial() throws -> TokenTrial {
        let directory = try TemporaryDirectory()
        var description = AuthDescription.tokens(.hs256, .rs256, .es256, .es512, .edDSA)
        description.keySet = try directory.write("keys.json", keys)
        return try TokenTrial(description, claims: ["http://example.com/is_root", "iss"])
    }

    @Test("Tokens of RFC 7515 and 8037 are verified", arguments: examples.indices)
    func verdict(index: Int) throws {
        let (header, claims, signature, verdict) = examples[index]
        var trial = try trial()
        #expect(trial.verdict("\(header).\(claims).\(signature)") == verdict)
    }

    @Test("The claims of RFC 7519, 3.1 are those that it says")
    func claimsOfTheExample() throws {
        var trial = try trial()
        let (header, claims, signature, _) = examples[0]
        #expect(
            trial.verdict("\(header).\(claims).\(signature)")
                == .accepted(untilMilliseconds: 1_300_819_380_000))
        #expect(trial.claim("http://example.com/is_root") == Array("true".utf8))
        #expect(trial.claim("iss") == Array("joe".utf8))
    }

    @Test("A token ends at the millisecond that it says")
    func end() throws {
        let (header, claims, signature, _) = examples[0]
        let token = "\(header).\(claims).\(signature)"
        var trial = try trial()
        #expect(
            trial.verdict(token, now: 1_300_819_379_999)
                == .accepted(untilMilliseconds: 1_300_819_380_000))
        #expect(trial.verdict(token, now: 1_300_819_380_000) == .refused("token_expired"))
    }
}
