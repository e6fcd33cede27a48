import RouteCompiler
import RouteTable
import TestSupport
import Testing

@Suite("Keys for signatures")
struct KeyTests {
    @Test("A key that cannot sign is refused by what it is")
    func signingKeys() throws {
        for (name, expected) in [
            (TestKeys.encrypted, SigningKeyError.isEncrypted), (TestKeys.p256, .notEd25519),
            (TestKeys.signingPublic, .notPrivateKey),
        ] {
            let pem = try TestKeys.bytes(name)
            #expect(throws: expected) { _ = try SigningKey(pem: pem) }
        }
        _ = try SigningKey(pem: TestKeys.bytes(TestKeys.signing))
    }

    @Test("A key that cannot check is refused by what it is")
    func verificationKeys() throws {
        for (name, expected) in [
            (TestKeys.signing, VerificationKeyError.isPrivateKey),
            (TestKeys.encrypted, .isPrivateKey),
            (TestKeys.p256Public, .notEd25519),
        ] {
            let pem = try TestKeys.bytes(name)
            #expect(throws: expected) { _ = try VerificationKey(pem: pem) }
        }
        #expect(throws: VerificationKeyError.notPublicKey) { _ = try VerificationKey(pem: []) }
        #expect(throws: VerificationKeyError.notPublicKey) {
            _ = try VerificationKey(pem: Array("-----BEGIN PUBLIC KEY-----\nAAAA\n".utf8))
        }
        #expect(throws: VerificationKeyError.unreadable(number: 2)) {
            _ = try VerificationKey(path: "/nonexistent.pem")
        }
    }

    @Test("Every refusal is one line that a person can read")
    func messages() {
        let messages =
            [SigningKeyError.notPrivateKey, .isEncrypted, .notEd25519].map(\.message)
            + [
                VerificationKeyError.unreadable(number: 13), .notPublicKey, .isPrivateKey,
                .notEd25519,
            ].map(\.message)
        for message in messages { #expect(message.contains(" ") && !message.contains("\n")) }
    }
}
