/// The first 256 bytes of a table.
public struct TableHeader: TableRecord, Equatable {
    /// Size in bytes.
    @inlinable public static var byteCount: Int { 256 }

    /// `WSRT`, then bytes that a transfer as text would damage.
    public static let magic: [UInt8] = [
        0x57, 0x53, 0x52, 0x54, 0x0D, 0x0A, 0x1A, 0x0A,
    ]
    /// Readers refuse another major version.
    @inlinable public static var major: UInt16 { 2 }
    /// Counts up with additions that older readers may ignore.
    @inlinable public static var minor: UInt16 { 0 }
    /// The required features that this code knows.
    @inlinable public static var knownRequiredFeatures: UInt64 { 0 }
    /// Where ``metadataChecksum`` stands.
    @inlinable public static var metadataChecksumOffset: Int { 44 }
    /// Where ``digest`` stands.
    @inlinable public static var digestOffset: Int { 48 }

    /// In ``pathOptions``: empty segments are merged.
    @inlinable public static var mergesSlashes: UInt32 { 1 }
    /// In ``pathOptions``: `%2F` and `%5C` are kept inside their segment.
    @inlinable public static var keepsEncodedSlash: UInt32 { 2 }
    /// In ``pathOptions``: segments that begin with a dot are not found.
    @inlinable public static var deniesHiddenFiles: UInt32 { 4 }

    public var magic: [UInt8] = TableHeader.magic
    public var major: UInt16 = TableHeader.major
    public var minor: UInt16 = TableHeader.minor
    public var headerByteCount = UInt32(TableHeader.byteCount)
    /// A reader that does not know one of these bits must refuse the table.
    public var requiredFeatures: UInt64 = 0
    public var optionalFeatures: UInt64 = 0
    public var fileByteCount: UInt64 = 0
    public var sectionCount: UInt32 = 0
    /// CRC32C of header and directory, with this field zero.
    public var metadataChecksum: UInt32 = 0
    /// SHA-256 that defines "same table".
    public var digest = [UInt8](repeating: 0, count: 32)
    public var seeds = HashSeeds()
    /// Longest path that is matched, in bytes.
    public var pathBytesMax = UInt32(TableLimits.pathBytesMax)
    public var segmentCountMax = UInt32(TableLimits.segmentCountMax)
    /// Most steps of one match of one regex.
    public var matchLimitMax: UInt32 = TableLimits.matchLimitMax
    /// Most steps of all regexes for one request.
    public var requestStepsMax: UInt32 = 0
    public var pathOptions: UInt32 = 0
    public var worstCase = WorstCase()
    /// Who vouches for the table; nil for nobody. Does not count for the digest.
    public var signature: TableSignature?

    /// A header without sizes and digest.
    public init() {}

    public init(reading bytes: RecordBytes) {
        magic = (0..<8).map { bytes.uint8(at: $0) }
        major = bytes.uint16(at: 8)
        minor = bytes.uint16(at: 10)
        headerByteCount = bytes.uint32(at: 12)
        requiredFeatures = bytes.uint64(at: 16)
        optionalFeatures = bytes.uint64(at: 24)
        fileByteCount = bytes.uint64(at: 32)
        sectionCount = bytes.uint32(at: 40)
        metadataChecksum = bytes.uint32(at: 44)
        digest = (0..<32).map { bytes.uint8(at: Self.digestOffset + $0) }
        seeds.text = bytes.uint64(at: 80)
        seeds.host = bytes.uint64(at: 88)
        seeds.path = bytes.uint64(at: 96)
        seeds.trie = bytes.uint64(at: 112)
        seeds.literal = bytes.uint64(at: 120)
        pathBytesMax = bytes.uint32(at: 128)
        segmentCountMax = bytes.uint32(at: 132)
        matchLimitMax = bytes.uint32(at: 136)
        requestStepsMax = bytes.uint32(at: 140)
        pathOptions = bytes.uint32(at: 144)
        worstCase.hostProbes = bytes.uint32(at: 148)
        worstCase.hostRegexes = bytes.uint32(at: 152)
        worstCase.pathProbes = bytes.uint32(at: 156)
        worstCase.routeChecks = bytes.uint32(at: 160)
        worstCase.routeRegexes = bytes.uint32(at: 164)
        worstCase.automatonSteps = bytes.uint32(at: 168)
        if bytes.uint32(at: 172) == TableSignature.ed25519 {
            signature = TableSignature(
                keyName: (0..<TableSignature.keyNameByteCount).map { bytes.uint8(at: 176 + $0) },
                bytes: (0..<TableSignature.byteCount).map { bytes.uint8(at: 192 + $0) })
        }
    }

    public func write(to bytes: inout RecordBuffer) {
        bytes.put(magic, at: 0)
        bytes.put(major, at: 8)
        bytes.put(minor, at: 10)
        bytes.put(headerByteCount, at: 12)
        bytes.put(requiredFeatures, at: 16)
        bytes.put(optionalFeatures, at: 24)
        bytes.put(fileByteCount, at: 32)
        bytes.put(sectionCount, at: 40)
        bytes.put(metadataChecksum, at: 44)
        bytes.put(digest, at: Self.digestOffset)
        bytes.put(seeds.text, at: 80)
        bytes.put(seeds.host, at: 88)
        bytes.put(seeds.path, at: 96)
        bytes.put(seeds.trie, at: 112)
        bytes.put(seeds.literal, at: 120)
        bytes.put(pathBytesMax, at: 128)
        bytes.put(segmentCountMax, at: 132)
        bytes.put(matchLimitMax, at: 136)
        bytes.put(requestStepsMax, at: 140)
        bytes.put(pathOptions, at: 144)
        bytes.put(worstCase.hostProbes, at: 148)
        bytes.put(worstCase.hostRegexes, at: 152)
        bytes.put(worstCase.pathProbes, at: 156)
        bytes.put(worstCase.routeChecks, at: 160)
        bytes.put(worstCase.routeRegexes, at: 164)
        bytes.put(worstCase.automatonSteps, at: 168)
        guard let signature else { return }
        bytes.put(TableSignature.ed25519, at: 172)
        bytes.put(signature.keyName, at: 176)
        bytes.put(signature.bytes, at: 192)
    }
}
