internal import RouteTable

/// Connections as `GET /api/connections` shows them.
struct ConnectionList {
    let descriptions: [StreamDescription]
    /// All that are meant, those that are not shown too.
    let count: Int
    /// Whether more follow.
    let hasMore: Bool
    /// Now, on the monotonic clock in microseconds and since 1970 in milliseconds.
    let nowMicroseconds: UInt64
    let nowMilliseconds: Int64

    /// The list as JSON.
    var json: String {
        var json = JSONText()
        json.object { json in
            json.member("total", count)
            json.key("connections")
            json.array { json in
                for description in descriptions { json.object { write(description, to: &$0) } }
            }
            json.member("next", hasMore ? descriptions.last?.id.text : nil)
        }
        return json.text
    }

    private func write(_ stream: StreamDescription, to json: inout JSONText) {
        json.member("id", stream.id.text)
        json.member("kind", "\(stream.kind.name)")
        json.member("client", Self.text(of: stream.client))
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

    /// The list as lines of columns, for a terminal.
    var text: String {
        var rows = [
            [
                "ID", "KIND", "CLIENT", "HOST", "ROUTE", "SERVICE", "ENDPOINT", "AGE", "IDLE", "IN",
                "OUT", "MSGS-IN", "MSGS-OUT", "RTT-MS",
            ]
        ]
        for stream in descriptions { rows.append(row(of: stream)) }
        let widths = rows[0].indices.map { column in
            rows.reduce(0) { max($0, $1[column].count) }
        }
        var lines = rows.map { row in
            zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }.joined(separator: "  ")
        }
        if hasMore {
            lines.append("of \(count); more: after=\(descriptions.last?.id.text ?? "")")
        }
        return lines.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    private func row(of stream: StreamDescription) -> [String] {
        let roundTrip = stream.clientRoundTripMicroseconds
        return [
            stream.id.text, "\(stream.kind.name)", Self.text(of: stream.client),
            Self.cell(stream.host), Self.cell(stream.route), Self.cell(stream.service),
            Self.cell(stream.endpoint), seconds(since: stream.startMicroseconds),
            seconds(since: stream.lastActivityMicroseconds), "\(stream.receivedBytes)",
            "\(stream.sentBytes)", "\(stream.receivedMessages)", "\(stream.sentMessages)",
            roundTrip == 0 ? "-" : "\(roundTrip / 1_000).\(roundTrip / 100 % 10)",
        ]
    }

    private func seconds(since microseconds: UInt64) -> String {
        "\((max(nowMicroseconds, microseconds) - microseconds) / 1_000_000)s"
    }

    /// Without anything that could drive a terminal.
    private static func cell(_ bytes: [UInt8]) -> String {
        let text = TerminalText.safe(text(of: bytes))
        return text.isEmpty ? "-" : text
    }

    private static func text(of bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func text(of address: ClientAddress) -> String {
        let text = SocketAddress(address: address, port: 0).text(includingPort: false)
        // SAFETY: the bytes are copied before the text ends.
        return unsafe text.bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
