/// Who vouches for a table: an Ed25519 signature, which stands in the header.
///
/// What is signed is header and directory. The directory holds the SHA-256 of every section, so no byte of the file
/// can change unnoticed but those of the signature itself.
public struct TableSignature: Equatable, Sendable {
    /// Size of ``keyName`` in bytes.
    public static let keyNameByteCount = 16
    /// Size of ``bytes``.
    public static let byteCount = 64
    /// What the header calls an Ed25519 signature. 0 stands for none.
    public static let ed25519: UInt32 = 1
    /// Where the signature stands in the header: its kind, the name of the key, the signature.
    public static let headerRange = 172..<256

    /// The first 16 bytes of the SHA-256 of the public key. Says which key to try, proves nothing.
    public let keyName: [UInt8]
    /// The signature itself.
    public let bytes: [UInt8]

    /// - Parameters:
    ///   - keyName: Of ``keyNameByteCount`` bytes.
    ///   - bytes: Of ``byteCount`` bytes.
    public init(keyName: [UInt8], bytes: [UInt8]) {
        precondition(keyName.count == Self.keyNameByteCount, "a key has a name of sixteen bytes")
        precondition(bytes.count == Self.byteCount, "an Ed25519 signature has 64 bytes")
        self.keyName = keyName
        self.bytes = bytes
    }

    /// The name of the key as users see it: 32 hexadecimal digits.
    public var keyNameText: String {
        keyName.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// What is signed.
    ///
    /// A sentence that no other use of the key begins with, then header and directory, in which the signature and
    /// the checksum are zero.
    ///
    /// - Parameter front: Header and directory.
    public static func message(front: [UInt8]) -> [UInt8] {
        var front = front
        let checksum = TableHeader.metadataChecksumOffset
        for index in checksum..<(checksum + 4) { front[index] = 0 }
        for index in headerRange { front[index] = 0 }
        return Array("wsroute table signature 1\n".utf8) + front
    }
}
