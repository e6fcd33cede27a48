/// A stream of server-sent events: one tick after another, numbered.
struct EventTicks {
    private var next: UInt64
    private var remaining: UInt64?
    private let isChunked: Bool
    /// Time between two ticks.
    let intervalMilliseconds: UInt64

    /// - Parameters:
    ///   - head: `Last-Event-ID` continues a stream; `?count=N` ends it after N events; `?interval=N` sets the
    ///     milliseconds between two.
    ///   - interval: What counts where the request does not say.
    init(_ head: RequestHead, interval: UInt64) {
        let last = head.values("Last-Event-ID").last?.decimalNumber ?? 0
        next = last < UInt64.max ? last + 1 : last
        remaining = head.query("count")?.decimalNumber
        isChunked = head.minorVersion == 1
        let asked = head.query("interval")?.decimalNumber
        intervalMilliseconds = max(1, min(asked ?? interval, Answer.delayMillisecondsMax))
    }

    var isFinished: Bool { remaining == 0 }

    /// Appends the head of the answer.
    func appendHead(to output: inout [UInt8]) {
        var head = ResponseHead(200)
        head.add("Content-Type", "text/event-stream")
        head.add("Cache-Control", "no-store")
        if isChunked {
            head.add("Transfer-Encoding", "chunked")
        } else {
            head.add("Connection", "close")
        }
        output += head.finished
    }

    /// Appends the next event, and the end of the stream behind the last.
    mutating func appendNext(to output: inout [UInt8]) {
        if let left = remaining {
            if left > 0 { appendEvent(to: &output) }
            remaining = left > 0 ? left - 1 : 0
        } else {
            appendEvent(to: &output)
        }
        if isFinished, isChunked { output += "0\r\n\r\n".utf8 }
    }

    private mutating func appendEvent(to output: inout [UInt8]) {
        let event = Array("id: \(next)\nevent: tick\ndata: {\"tick\":\(next)}\n\n".utf8)
        if next < UInt64.max { next += 1 }
        if isChunked { output += "\(String(event.count, radix: 16))\r\n".utf8 }
        output += event
        if isChunked { output += "\r\n".utf8 }
    }
}
