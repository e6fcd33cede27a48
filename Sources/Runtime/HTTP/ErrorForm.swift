import RouteTable

/// Whether a client would rather have errors as JSON or as text, by the weights of its `Accept` (RFC 9110, 12.5.1).
struct ErrorForm: BitwiseCopyable {
    /// Weights in thousandths; below 0 where no element says anything of it.
    private var json: Int16 = -1
    private var plainText: Int16 = -1
    private var anyApplication: Int16 = -1
    private var anyText: Int16 = -1
    private var anything: Int16 = -1

    /// Of two that weigh the same JSON is preferred where it is named, and text where a wildcard stands for both.
    var isJSON: Bool {
        let ofJSON = Self.weight(json, anyApplication, anything)
        let ofText = Self.weight(plainText, anyText, anything)
        return ofJSON > 0 && (ofJSON > ofText || ofJSON == ofText && json >= 0)
    }

    /// The most specific range that says anything counts.
    private static func weight(_ named: Int16, _ subtype: Int16, _ anything: Int16) -> Int16 {
        if named >= 0 { return named }
        return subtype >= 0 ? subtype : max(anything, 0)
    }

    /// Takes an element of `Accept` into account.
    ///
    /// - Parameter type: The element without its parameters.
    mutating func read(_ element: ByteRange, type: ByteRange, in bytes: RawSpan) {
        switch type.count {
        case 3 where bytes.equalsIgnoringCase(type, "*/*"):
            Self.raise(&anything, element, in: bytes)
        case 6 where bytes.equalsIgnoringCase(type, "text/*"):
            Self.raise(&anyText, element, in: bytes)
        case 10 where bytes.equalsIgnoringCase(type, "text/plain"):
            Self.raise(&plainText, element, in: bytes)
        case 13 where bytes.equalsIgnoringCase(type, "application/*"):
            Self.raise(&anyApplication, element, in: bytes)
        case 16 where bytes.equalsIgnoringCase(type, "application/json"):
            Self.raise(&json, element, in: bytes)
        case 24 where MediaType.isProblem(type, in: bytes):
            Self.raise(&json, element, in: bytes)
        default: break
        }
    }

    private static func raise(_ weight: inout Int16, _ element: ByteRange, in bytes: RawSpan) {
        weight = max(weight, MediaType.weight(of: element, in: bytes))
    }
}
