import RouteTable
package import Validate

extension Oracle {
    /// Whether everything that `match` says holds for `request`.
    package static func holds(_ conditions: MatchConditions, for request: OracleRequest) -> Bool {
        if let kind = conditions.requestKind, kind.rawValue != request.requestProtocol.rawValue {
            return false
        }
        if !conditions.methods.isEmpty && !conditions.methods.contains(request.method) {
            return false
        }
        if !conditions.clientAddresses.isEmpty {
            guard conditions.clientAddresses.contains(where: { contains($0, request.client) })
            else {
                return false
            }
        }
        return conditions.headers.allSatisfy { condition in
            values(ofHeader: condition.name, in: request).contains { passes(condition.test, $0) }
        }
            && conditions.query.allSatisfy { condition in
                parameters(of: request).contains {
                    $0.name == condition.name && passes(condition.test, $0.value)
                }
            }
            && conditions.cookies.allSatisfy { condition in
                cookies(of: request).contains {
                    $0.name == condition.name && passes(condition.test, $0.value)
                }
            }
    }

    private static func passes(_ test: MatchConditions.ValueTest, _ value: String) -> Bool {
        switch test {
        case .equals(let wanted): value.utf8.elementsEqual(wanted.utf8)
        case .regex(let source, let ignoresCase):
            OracleRegex.firstMatch(of: source, ignoresCase: ignoresCase, in: value) != nil
        }
    }

    private static func values(ofHeader name: String, in request: OracleRequest) -> [String] {
        request.headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    /// The parameters of the query, decoded.
    private static func parameters(of request: OracleRequest) -> [(name: String, value: String)] {
        request.query.split(separator: "&").map { piece in
            let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count == 2 ? decoded(parts[1]) : "")
        }
    }

    /// `+` is a space and `%XX` a byte; what is not an escape stays.
    private static func decoded(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "+") {
                result.append(UInt8(ascii: " "))
            } else if bytes[index] == UInt8(ascii: "%"),
                let value = OraclePath.escapedByte(bytes, at: index)
            {
                result.append(value)
                index += 2
            } else {
                result.append(bytes[index])
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func cookies(of request: OracleRequest) -> [(name: String, value: String)] {
        values(ofHeader: "cookie", in: request).flatMap { line in
            line.split(separator: ";").compactMap { piece -> (name: String, value: String)? in
                guard let equals = piece.firstIndex(of: "=") else { return nil }
                return (
                    trimmed(piece[..<equals]), trimmed(piece[piece.index(after: equals)...])
                )
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }

    /// Whether the leading bits of the client's address are those of the range.
    private static func contains(_ range: AddressRange, _ client: ClientAddress) -> Bool {
        let bytes =
            (0..<8).map { UInt8(truncatingIfNeeded: client.high >> (56 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: client.low >> (56 - 8 * $0)) }
        return (0..<range.prefixLength).allSatisfy { bit in
            let mask = UInt8(0x80) >> (bit % 8)
            return bytes[bit / 8] & mask == range.address[bit / 8] & mask
        }
    }
}
