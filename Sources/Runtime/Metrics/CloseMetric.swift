/// How ends of WebSockets are told apart: by who closed and with which code.
package enum CloseMetric {
    /// Who sent the first Close, or broke the connection.
    package enum Side: Int, CaseIterable, BitwiseCopyable, Sendable {
        case client, upstream, proxy

        package var name: StaticString {
            switch self {
            case .client: "client"
            case .upstream: "upstream"
            case .proxy: "proxy"
            }
        }
    }

    /// The code of a Close frame that was followed by its length and not read.
    package static let opaqueCode: UInt16 = 0

    /// 1005: a Close without a code; 1006: none at all; opaque: one that was not read.
    static let codeNames: [StaticString] = [
        "1000", "1001", "1002", "1003", "1005", "1006", "1007", "1008", "1009", "1010", "1011",
        "1012", "1013", "1014", "4xxx", "other", "opaque",
    ]

    static func index(_ side: Side, code: UInt16) -> Int {
        side.rawValue * codeNames.count + codeIndex(code)
    }

    private static func codeIndex(_ code: UInt16) -> Int {
        switch code {
        case 1_000...1_003: Int(code) - 1_000
        case 1_005...1_014: Int(code) - 1_001
        case 4_000...4_999: 14
        case opaqueCode: 16
        default: 15
        }
    }
}
