/// Reads one JSON text into nodes. Strict: what RFC 8259 does not have is refused, and so are names that
/// come twice and surrogates without their other half.
struct JSONReader {
    private var offset: Int
    private var depth = 0
    private let limits: JSONLimits

    init(offset: Int, limits: JSONLimits) {
        self.offset = offset
        self.limits = limits
    }

    /// Reads the text up to the end of `bytes`.
    mutating func read(
        _ bytes: inout [UInt8], into nodes: inout [JSONNode]
    ) throws(JSONFault) {
        try readValue(&bytes, &nodes)
        skipBlanks(bytes)
        guard offset == bytes.count else { throw .malformed }
    }

    private mutating func skipBlanks(_ bytes: [UInt8]) {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    /// The byte at which reading goes on, behind blanks.
    private mutating func next(_ bytes: [UInt8]) throws(JSONFault) -> UInt8 {
        skipBlanks(bytes)
        guard offset < bytes.count else { throw .malformed }
        return bytes[offset]
    }

    /// - Returns: The index of the node.
    private func add(
        _ kind: JSONNode.Kind, from start: Int, to end: Int, _ nodes: inout [JSONNode]
    ) throws(JSONFault) -> Int {
        guard nodes.count < limits.valueCountMax else { throw .tooManyValues }
        nodes.append(
            JSONNode(
                kind: kind, start: UInt32(start), count: UInt32(end - start),
                end: UInt32(nodes.count + 1)))
        return nodes.count - 1
    }

    private mutating func readValue(
        _ bytes: inout [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        switch try next(bytes) {
        case UInt8(ascii: "{"): try readObject(&bytes, &nodes)
        case UInt8(ascii: "["): try readArray(&bytes, &nodes)
        case UInt8(ascii: "\""): try readString(&bytes, &nodes)
        case UInt8(ascii: "t"): try readWord("true", .true, bytes, &nodes)
        case UInt8(ascii: "f"): try readWord("false", .false, bytes, &nodes)
        case UInt8(ascii: "n"): try readWord("null", .null, bytes, &nodes)
        default: try readNumber(bytes, &nodes)
        }
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        guard depth <= limits.depthMax else { throw .tooDeep }
        offset += 1
    }

    private mutating func readObject(
        _ bytes: inout [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        try enter()
        let object = try add(.object, from: offset, to: offset, &nodes)
        var isFirst = true
        while try next(bytes) != UInt8(ascii: "}") || !isFirst {
            if !isFirst {
                guard bytes[offset] == UInt8(ascii: ",") else { break }
                offset += 1
            }
            isFirst = false
            guard try next(bytes) == UInt8(ascii: "\"") else { throw .malformed }
            let name = nodes.count
            try readString(&bytes, &nodes)
            try checkName(name, of: object, bytes, nodes)
            guard try next(bytes) == UInt8(ascii: ":") else { throw .malformed }
            offset += 1
            try readValue(&bytes, &nodes)
        }
        try leave(object, UInt8(ascii: "}"), bytes, &nodes)
    }

    private mutating func readArray(
        _ bytes: inout [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        try enter()
        let array = try add(.array, from: offset, to: offset, &nodes)
        var isFirst = true
        while try next(bytes) != UInt8(ascii: "]") || !isFirst {
            if !isFirst {
                guard bytes[offset] == UInt8(ascii: ",") else { break }
                offset += 1
            }
            isFirst = false
            try readValue(&bytes, &nodes)
        }
        try leave(array, UInt8(ascii: "]"), bytes, &nodes)
    }

    private mutating func leave(
        _ node: Int, _ mark: UInt8, _ bytes: [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        guard bytes[offset] == mark else { throw .malformed }
        offset += 1
        depth -= 1
        nodes[node].end = UInt32(nodes.count)
    }

    /// The last node is a name: no member of the object before it has the same one.
    private func checkName(
        _ name: Int, of object: Int, _ bytes: [UInt8], _ nodes: [JSONNode]
    ) throws(JSONFault) {
        var other = object + 1
        while other < name {
            if Self.isEqual(nodes[other], nodes[name], bytes) { throw .repeatedName }
            other = Int(nodes[other + 1].end)
        }
    }

    private static func isEqual(_ one: JSONNode, _ other: JSONNode, _ bytes: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        for offset in 0..<Int(one.count)
        where bytes[Int(one.start) + offset] != bytes[Int(other.start) + offset] {
            return false
        }
        return true
    }

    private mutating func readWord(
        _ word: StaticString, _ kind: JSONNode.Kind, _ bytes: [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        let octets = word.octets
        guard bytes.count - offset >= octets.byteCount else { throw .malformed }
        for index in 0..<octets.byteCount where bytes[offset + index] != octets.octet(at: index) {
            throw .malformed
        }
        offset += octets.byteCount
        _ = try add(kind, from: offset, to: offset, &nodes)
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func readNumber(
        _ bytes: [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let digits = offset
        try skipDigits(bytes)
        if bytes[digits] == UInt8(ascii: "0"), offset > digits + 1 { throw .malformed }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try skipDigits(bytes)
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count,
                bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            try skipDigits(bytes)
        }
        _ = try add(.number, from: start, to: offset, &nodes)
    }

    private mutating func skipDigits(_ bytes: [UInt8]) throws(JSONFault) {
        let start = offset
        while offset < bytes.count, OctetClass.isDigit(bytes[offset]) { offset += 1 }
        guard offset > start else { throw .malformed }
    }

    private mutating func readString(
        _ bytes: inout [UInt8], _ nodes: inout [JSONNode]
    ) throws(JSONFault) {
        var string = JSONString(openingQuoteAt: offset)
        offset = try string.resolve(&bytes)
        _ = try add(.string, from: string.start, to: string.end, &nodes)
    }
}
