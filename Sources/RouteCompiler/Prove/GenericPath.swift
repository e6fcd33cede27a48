/// A path that stands for all paths of one form.
///
/// What the form leaves open is filled with text that no pattern of the host has. Whatever matches such a
/// path matches every path of the form, so one look-up answers for all of them.
struct GenericPath: Equatable {
    enum Segment: Equatable {
        case literal([UInt8])
        /// Text that no pattern has.
        case fresh
        /// Texts with fresh text between them.
        case glob([[UInt8]])
    }

    var segments: [Segment]

    /// The path that is written `bytes`, as it is.
    static func concrete(_ bytes: [UInt8]) -> GenericPath {
        GenericPath(segments: PathForm.split(bytes).map { .literal($0) })
    }

    /// A request's path, with `filler` for what is fresh.
    func bytes(filler: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for segment in segments {
            result.append(UInt8(ascii: "/"))
            result += Self.bytes(of: segment, filler: filler)
        }
        return result
    }

    static func bytes(of segment: Segment, filler: [UInt8]) -> [UInt8] {
        switch segment {
        case .literal(let text): text
        case .fresh: filler
        case .glob(let texts): Array(texts.joined(separator: filler))
        }
    }
}
