/// What a request gets, chosen by its path alone.
indirect enum Answer: Equatable, Sendable {
    /// A short text.
    case text(status: Int, contentType: String, body: [UInt8])
    /// The request as JSON, once its body is in.
    case echo
    /// The counters of the server as JSON.
    case statistics
    /// A body made while it is sent.
    case stream(BodySource)
    /// `103 Early Hints` before the text.
    case earlyHints
    /// The answer, this much later.
    case delayed(milliseconds: Int, Answer)
    case events
    case fault(Fault)
    case webSocket(WebSocketBehaviour)

    /// Longest delay, in milliseconds: ten minutes, more than any test waits.
    static let delayMillisecondsMax: UInt64 = 600_000
    /// Most chunks or greetings that a path may ask for.
    static let pieceCountMax: UInt64 = 1_000_000

    /// The answer for a request for an upgrade.
    init(upgradeOn path: ArraySlice<UInt8>) {
        let words = Self.words(path)
        switch (words.first, words.dropFirst().first) {
        case ("fault", let name?): self = Fault(named: name.utf8).map(Answer.fault) ?? .notFound
        case ("status", let code?): self = Self.status(code)
        case ("ws", "reset"): self = .webSocket(.resetAfterFirstMessage)
        case ("ws", "drop"): self = .webSocket(.dropAfterFirstMessage)
        case ("ws", "silent"): self = .webSocket(.silent)
        case ("ws", "greet"):
            let count = words.last?.utf8.decimalNumber ?? 1
            self = .webSocket(.greet(count: Int(min(count, 1000))))
        case ("ws", "close"):
            let code = words.last?.utf8.decimalNumber.flatMap { UInt16(exactly: $0) }
            self = .webSocket(.closeAfterFirstMessage(code: code ?? 1000))
        default: self = .webSocket(.echo)
        }
    }

    /// The answer for any other request.
    init(path: ArraySlice<UInt8>) {
        let words = Self.words(path)
        let numbers = words.map(\.utf8.decimalNumber)
        switch words.first {
        case nil:
            self = .text(status: 200, contentType: "text/html", body: Array(DemoPage.html.utf8))
        case "echo": self = .echo
        case "statistics": self = .statistics
        case "sse": self = .events
        case "hints": self = .earlyHints
        case "status" where words.count == 2: self = Self.status(words[1])
        case "fault" where words.count == 2:
            self = Fault(named: words[1].utf8).map(Answer.fault) ?? .notFound
        case "slow" where numbers.count == 2:
            let answer = Answer.text(
                status: 200, contentType: "text/plain", body: Array("slow\n".utf8))
            let delay = numbers[1].map { Int(min($0, Self.delayMillisecondsMax)) }
            self = delay.map { .delayed(milliseconds: $0, answer) } ?? .notFound
        case "bytes" where numbers.count == 2:
            self = numbers[1].map { .stream(BodySource(byteCount: $0, .length)) } ?? .notFound
        case "close" where numbers.count == 2:
            self = numbers[1].map { .stream(BodySource(byteCount: $0, .untilClose)) } ?? .notFound
        case "chunked" where numbers.count == 2: self = Self.chunks(numbers[1], delay: 0)
        case "drip" where numbers.count == 3: self = Self.chunks(numbers[1], delay: numbers[2])
        default: self = .notFound
        }
    }

    static let notFound = Answer.plain(404, "not found\n")

    /// A text without markup.
    static func plain(_ status: Int, _ text: String) -> Answer {
        .text(status: status, contentType: "text/plain", body: Array(text.utf8))
    }

    private static func status(_ code: String) -> Answer {
        guard let status = code.utf8.decimalNumber, (200...599).contains(status) else {
            return .notFound
        }
        return plain(Int(status), "status \(status)\n")
    }

    private static func chunks(_ count: UInt64?, delay: UInt64?) -> Answer {
        guard let count, let delay, count <= pieceCountMax else { return .notFound }
        return .stream(
            BodySource(lineCount: count, delayMilliseconds: min(delay, delayMillisecondsMax)))
    }

    private static func words(_ path: ArraySlice<UInt8>) -> [String] {
        path.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    }
}
