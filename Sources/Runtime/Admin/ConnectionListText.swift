internal import RouteTable

/// Connections as lines of columns, for a terminal: how wide each column is shows when all have been looked at.
struct ConnectionListText {
    private var rows = [
        [
            "ID", "KIND", "CLIENT", "HOST", "ROUTE", "SERVICE", "ENDPOINT", "AGE", "IDLE", "IN",
            "OUT", "MSGS-IN", "MSGS-OUT", "RTT-MS",
        ]
    ]
    private var widths: [Int]
    private let nowMicroseconds: UInt64

    init(nowMicroseconds: UInt64) {
        self.nowMicroseconds = nowMicroseconds
        widths = rows[0].map(\.count)
    }

    /// How many lines there are, the headings among them.
    var count: Int { rows.count }

    mutating func append(_ stream: StreamDescription) {
        let row = row(of: stream)
        for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        rows.append(row)
    }

    /// One line, without blanks at its end.
    func line(at index: Int) -> String {
        let cells = zip(widths, rows[index]).map { width, cell in
            cell + String(repeating: " ", count: width - cell.count)
        }
        return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }

    private func row(of stream: StreamDescription) -> [String] {
        let roundTrip = stream.clientRoundTripMicroseconds
        return [
            stream.id.text, "\(stream.kind.name)", stream.clientText,
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
        let text = TerminalText.safe(String(decoding: bytes, as: UTF8.self))
        return text.isEmpty ? "-" : text
    }
}
