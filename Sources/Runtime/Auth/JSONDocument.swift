/// What a strict reader has found in a JSON text (RFC 8259): all values in the order of the text.
///
/// Made for tokens: the text lies in memory that its owner may change, so escapes are resolved in place,
/// which never makes a string longer; and the nodes are kept in one array that is used again. Reading
/// allocates nothing once the array has grown to what tokens need. A library that reads in place and is
/// as strict, duplicate names included, is not in Debian; those that are there build a tree of blocks.
struct JSONDocument {
    private(set) var nodes: [JSONNode] = []

    init() {}

    /// Reads the text that begins at `start` and ends with `bytes`.
    ///
    /// - Parameter bytes: Changed where strings have escapes. Of no use if reading fails.
    mutating func read(
        _ bytes: inout [UInt8], from start: Int, limits: JSONLimits
    ) throws(JSONFault) {
        nodes.removeAll(keepingCapacity: true)
        var reader = JSONReader(offset: start, limits: limits)
        try reader.read(&bytes, into: &nodes)
    }

    /// The value of the member `name`, or nil where `object` is none or has no such member.
    ///
    /// - Complexity: O(*n*) for *n* members.
    func member(_ name: [UInt8], of object: Int, in bytes: [UInt8]) -> Int? {
        guard nodes[object].kind == .object else { return nil }
        var index = object + 1
        while index < Int(nodes[object].end) {
            if isText(name, at: index, in: bytes) { return index + 1 }
            index = Int(nodes[index + 1].end)
        }
        return nil
    }

    /// The same for a name that is known here.
    func member(_ name: StaticString, of object: Int, in bytes: [UInt8]) -> Int? {
        guard nodes[object].kind == .object else { return nil }
        var index = object + 1
        while index < Int(nodes[object].end) {
            if isText(name, at: index, in: bytes) { return index + 1 }
            index = Int(nodes[index + 1].end)
        }
        return nil
    }

    /// The kind of the value at `index`.
    func kind(at index: Int) -> JSONNode.Kind { nodes[index].kind }

    /// Where the bytes of the value at `index` stand.
    func range(at index: Int) -> Range<Int> {
        Int(nodes[index].start)..<Int(nodes[index].start + nodes[index].count)
    }

    /// The elements of the array at `index`; none if it is something else.
    func firstElement(of index: Int) -> Int? {
        guard nodes[index].kind == .array, nodes[index].end > UInt32(index + 1) else { return nil }
        return index + 1
    }

    /// The element behind the one at `element`.
    func element(after element: Int, of array: Int) -> Int? {
        let next = Int(nodes[element].end)
        return next < Int(nodes[array].end) ? next : nil
    }

    /// Whether the value at `index` is a string of exactly these bytes.
    func isText(_ text: [UInt8], at index: Int, in bytes: [UInt8]) -> Bool {
        guard nodes[index].kind == .string, Int(nodes[index].count) == text.count else {
            return false
        }
        let start = Int(nodes[index].start)
        for offset in text.indices where bytes[start + offset] != text[offset] { return false }
        return true
    }

    /// The same for a text that is known here.
    func isText(_ text: StaticString, at index: Int, in bytes: [UInt8]) -> Bool {
        let octets = text.octets
        guard nodes[index].kind == .string, Int(nodes[index].count) == octets.byteCount else {
            return false
        }
        let start = Int(nodes[index].start)
        for offset in 0..<octets.byteCount
        where bytes[start + offset] != octets.octet(at: offset) {
            return false
        }
        return true
    }
}
