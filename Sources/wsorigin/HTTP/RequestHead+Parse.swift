extension RequestHead {
    /// Most bytes of a head: far above what clients send, small beside a connection's buffers.
    static let byteCountMax = 64 * 1024

    /// Reads one head from the front of `input`.
    ///
    /// Strict on purpose (RFC 9112): what a proxy should have refused must not pass here unseen.
    ///
    /// - Returns: The head and how many bytes it took, or `nil` while its end has not arrived.
    static func parse(_ input: ArraySlice<UInt8>) throws(RequestFault) -> (RequestHead, Int)? {
        var lines: [ArraySlice<UInt8>] = []
        var start = input.startIndex
        while true {
            guard let end = input[start...].firstIndex(of: UInt8(ascii: "\n")) else {
                if input.count > byteCountMax { throw .headTooLarge }
                return nil
            }
            if end - input.startIndex > byteCountMax { throw .headTooLarge }
            guard end > start, input[end - 1] == UInt8(ascii: "\r") else { throw .malformed }
            let line = input[start..<(end - 1)]
            start = end + 1
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                break
            }
            // RFC 9112, 2.2: empty lines before a request line are skipped.
        }
        return (try parse(lines: lines), start - input.startIndex)
    }

    private static func parse(lines: [ArraySlice<UInt8>]) throws(RequestFault) -> RequestHead {
        let words = lines[0].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 3, words[0].isToken, !words[1].isEmpty,
            words[1].allSatisfy({ $0 > 0x20 && $0 != 0x7f })
        else { throw .malformed }
        let minorVersion: UInt8
        switch Array(words[2]) {
        case Array("HTTP/1.1".utf8): minorVersion = 1
        case Array("HTTP/1.0".utf8): minorVersion = 0
        case let other where other.starts(with: Array("HTTP/".utf8)): throw .unknownVersion
        default: throw .malformed
        }
        var fields: [Field] = []
        for line in lines.dropFirst() { fields.append(try parse(field: line)) }
        return RequestHead(
            method: Array(words[0]), target: Array(words[1]), minorVersion: minorVersion,
            fields: fields, framing: try framing(of: fields, minorVersion: minorVersion))
    }

    private static func parse(field line: ArraySlice<UInt8>) throws(RequestFault) -> Field {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].isToken,
            line.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) })
        else { throw .malformed }
        return Field(name: Array(line[..<colon]), value: Array(line[(colon + 1)...].trimmed))
    }

    private static func framing(
        of fields: [Field], minorVersion: UInt8
    ) throws(RequestFault) -> Framing {
        let codings = fields.filter { $0.name.equalsIgnoringCase(Array("transfer-encoding".utf8)) }
        let lengths = fields.filter { $0.name.equalsIgnoringCase(Array("content-length".utf8)) }
        let hosts = fields.filter { $0.name.equalsIgnoringCase(Array("host".utf8)) }
        guard hosts.count == 1 || (minorVersion == 0 && hosts.isEmpty) else { throw .malformed }
        if let coding = codings.first {
            guard codings.count == 1, lengths.isEmpty, minorVersion == 1 else { throw .malformed }
            guard coding.value.equalsIgnoringCase(Array("chunked".utf8)) else {
                throw .unknownTransferCoding
            }
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard lengths.count == 1, let count = length.value.decimalNumber else { throw .malformed }
        return count == 0 ? .none : .length(count)
    }
}
