internal import JSON
internal import RouteTable

/// Connections as `GET /api/connections` shows them, written piece by piece: ten thousand of them take tens of
/// milliseconds, in which the control thread has other things to do.
struct ConnectionList {
    private enum Form {
        case json(JSONText)
        case text(ConnectionListText, lines: [UInt8])
    }

    let client: ConnectionToken
    private let descriptions: [StreamDescription]
    /// All that are meant, those that are not shown too.
    private let count: Int
    /// Whether more follow.
    private let hasMore: Bool
    /// Now, on the monotonic clock in microseconds and since 1970 in milliseconds.
    private let nowMicroseconds: UInt64
    private let nowMilliseconds: Int64
    private var form: Form
    /// Rows that were written, or lines of the text once all rows are known.
    private var next = 0

    init(_ inquiry: ConnectionInquiry, asText: Bool) {
        client = inquiry.client
        descriptions = inquiry.descriptions
        count = inquiry.count
        hasMore = inquiry.hasMore
        nowMicroseconds = Clock.monotonicMicroseconds()
        nowMilliseconds = LogTime.nowMilliseconds()
        form =
            asText
            ? .text(ConnectionListText(nowMicroseconds: nowMicroseconds), lines: [])
            : .json(JSONText())
    }

    /// Writes the next rows.
    ///
    /// - Returns: The answer, if that was all.
    mutating func write(rowCountMax: Int) -> AdminAnswer? {
        switch form {
        case .json(var json):
            // Two owners would copy all that was written so far.
            form = .json(JSONText())
            let end = min(next + rowCountMax, descriptions.count)
            writeRows(next..<end, to: &json)
            next = end
            guard end == descriptions.count else {
                form = .json(json)
                return nil
            }
            json.close("]")
            json.member("next", hasMore ? descriptions.last?.id.text : nil)
            json.close("}")
            return .json(.ok, json.text)
        case .text(var table, var lines):
            form = .json(JSONText())
            guard writeText(&table, &lines, rowCountMax) else {
                form = .text(table, lines: lines)
                return nil
            }
            if hasMore {
                lines += "of \(count); more: after=\(descriptions.last?.id.text ?? "")\n".utf8
            }
            return AdminAnswer(
                .ok, contentType: "text/plain; charset=utf-8", content: .whole(lines))
        }
    }

    private func writeRows(_ range: Range<Int>, to json: inout JSONText) {
        if range.lowerBound == 0 {
            json.open("{")
            json.member("total", count)
            json.key("connections")
            json.open("[")
        }
        for description in descriptions[range] { json.object { write(description, to: &$0) } }
    }

    /// First all rows are looked at, then they are written.
    ///
    /// - Returns: Whether that was all.
    private mutating func writeText(
        _ table: inout ConnectionListText, _ lines: inout [UInt8], _ rowCountMax: Int
    ) -> Bool {
        if table.count <= descriptions.count {
            for description in descriptions[(table.count - 1)...].prefix(rowCountMax) {
                table.append(description)
            }
            guard table.count > descriptions.count else { return false }
        }
        let end = min(next + rowCountMax, table.count)
        for index in next..<end { lines += "\(table.line(at: index))\n".utf8 }
        next = end
        return end == table.count
    }

    private func write(_ stream: StreamDescription, to json: inout JSONText) {
        json.member("id", stream.id.text)
        json.member("kind", "\(stream.kind.name)")
        json.member("client", stream.clientText)
        json.member("host", Self.text(of: stream.host))
        json.member("route", Self.text(of: stream.route))
        json.member("service", Self.text(of: stream.service))
        json.member("endpoint", Self.text(of: stream.endpoint))
        json.member("path", stream.isFramed ? "framed" : "opaque")
        json.member("started_ms", epoch(of: stream.startMicroseconds))
        json.member("last_activity_ms", epoch(of: stream.lastActivityMicroseconds))
        json.member("bytes_in", stream.receivedBytes)
        json.member("bytes_out", stream.sentBytes)
        json.member("messages_in", stream.receivedMessages)
        json.member("messages_out", stream.sentMessages)
        json.key("rtt_ms")
        write(stream.clientRoundTripMicroseconds, to: &json)
        json.key("upstream_rtt_ms")
        write(stream.upstreamRoundTripMicroseconds, to: &json)
        json.member("closing", stream.isClosing)
    }

    private func write(_ microseconds: UInt32, to json: inout JSONText) {
        if microseconds == 0 { json.null() } else { json.decimal(Int(microseconds), places: 3) }
    }

    private func epoch(of microseconds: UInt64) -> Int64 {
        nowMilliseconds - Int64(clamping: nowMicroseconds &- microseconds) / 1_000
    }

    private static func text(of bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension StreamDescription {
    /// The client's address as text.
    var clientText: String {
        let text = SocketAddress(address: client, port: 0).text(includingPort: false)
        // SAFETY: the bytes are copied before the text ends.
        return unsafe text.bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
