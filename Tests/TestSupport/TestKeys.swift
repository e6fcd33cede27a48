internal import Foundation

/// Keys for signing that tests use, in `Tests/Fixtures/keys`. They protect nothing.
package enum TestKeys {
    /// An Ed25519 private key.
    package static let signing = "signing.pem"
    /// Its public half.
    package static let signingPublic = "signing-public.pem"
    /// The public half of another one.
    package static let otherPublic = "other-public.pem"
    /// A private key behind a pass phrase.
    package static let encrypted = "encrypted.pem"
    /// A private key of another kind, and its public half.
    package static let p256 = "p256.pem"
    package static let p256Public = "p256-public.pem"

    /// Where a key lies.
    package static func path(_ name: String) -> String {
        "\(BuiltPrograms.checkout)/Tests/Fixtures/keys/\(name)"
    }

    /// The bytes of a key.
    package static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// A copy of a key with a mode of its own: git keeps none.
    package static func copy(
        _ name: String, to directory: TemporaryDirectory, mode: Int = 0o600
    ) throws -> String {
        let path = try directory.write(name, bytes: try bytes(name))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }
}
