/// One request of a log.
///
/// A line is `METHOD host path`, or a line of wsproxy's access log as text or as JSON.
package struct RequestLogLine: Equatable, Sendable {
    /// What a line of a log is.
    package enum Reading: Equatable, Sendable {
        case request(RequestLogLine)
        /// Blank, a comment, or an event of the log that is no request.
        case other
        /// A sentence without a full stop.
        case malformed(String)
    }

    package var method: [UInt8]
    /// As the client named it, possibly with a port; may be empty.
    package var host: [UInt8]
    package var path: [UInt8]
    package var requestProtocol = RequestProtocol.http

    /// The port that the host names.
    package var port: UInt16? {
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")), colon + 1 < host.count else {
            return nil
        }
        var port = 0
        for byte in host[(colon + 1)...] {
            guard (0x30...0x39).contains(byte), port < 65_536 else { return nil }
            port = 10 * port + Int(byte - 0x30)
        }
        return UInt16(exactly: port)
    }

    /// Reads a line without its newline.
    package static func read(_ line: [UInt8]) -> Reading {
        let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
        guard let first = words.first, first.first != UInt8(ascii: "#") else { return .other }
        if first.first == UInt8(ascii: "{") { return readJSON(line) }
        if words.count == 3, words[2].first != UInt8(ascii: "/"), isLevel(words[1]) {
            // An event without members.
            return .other
        }
        if words.count == 3 {
            return make(["method": words[0], "host": words[1], "path": words[2]])
        }
        guard words.count > 3, words[3...].contains(where: { $0.contains(UInt8(ascii: "=")) })
        else { return .malformed("expected METHOD host path, or a line of the access log") }
        guard words[2].elementsEqual("access".utf8) else { return .other }
        guard let members = LogMembers.ofText(line) else {
            return .malformed("a value of the access log is not closed")
        }
        return make(members)
    }

    private static func isLevel(_ word: ArraySlice<UInt8>) -> Bool {
        ["debug", "info", "notice", "warning", "error"].contains { word.elementsEqual($0.utf8) }
    }

    private static func readJSON(_ line: [UInt8]) -> Reading {
        guard let members = LogMembers.ofJSON(line) else {
            return .malformed("expected a flat JSON object")
        }
        guard members["event"]?.elementsEqual("access".utf8) ?? true else { return .other }
        return make(members)
    }

    private static func make(_ members: [String: ArraySlice<UInt8>]) -> Reading {
        guard let method = members["method"], let path = members["path"] else {
            return .malformed("method or path is missing")
        }
        // A request that was refused before it had a path can't be matched again.
        guard method.first != nil, path.first == UInt8(ascii: "/") else {
            return path.isEmpty ? .other : .malformed("the path must begin with a slash")
        }
        var line = RequestLogLine(
            method: Array(method), host: Array(members["host"] ?? []), path: Array(path))
        if let word = members["protocol"] {
            if word.elementsEqual("sse".utf8) { line.requestProtocol = .sse }
            if word.elementsEqual("websocket".utf8) { line.requestProtocol = .webSocket }
        }
        return .request(line)
    }
}
