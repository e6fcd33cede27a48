import JSON

extension Conversation {
    /// Answers the request, or begins to.
    mutating func give(_ answer: Answer) {
        state = .over
        switch answer {
        case .text(let status, let contentType, let body):
            text(status, contentType, body)
        case .echo:
            text(200, "application/json", Array(echoText().utf8))
        case .statistics:
            text(200, "application/json", Array(statistics.json.utf8))
        case .earlyHints:
            if request?.minorVersion == 1 {
                var head = ResponseHead(103)
                head.add("Link", "</style.css>; rel=preload; as=style")
                output += head.finished
            }
            text(200, "text/plain", Array("after the hints\n".utf8))
        case .delayed(let milliseconds, let answer):
            wakeAt = now + UInt64(milliseconds)
            state = .delay(answer)
        case .stream(let source):
            begin(source)
        case .events:
            beginEvents()
        case .fault(let fault):
            misbehave(fault)
        case .webSocket(let behaviour):
            upgrade(behaviour)
        }
    }

    /// Appends the next piece of a body.
    mutating func send(_ source: BodySource) {
        var source = source
        source.appendNext(to: &output)
        if source.isFinished { return finish(mayKeepAlive: source.framing != .untilClose) }
        if source.delayMilliseconds > 0 { wakeAt = now + source.delayMilliseconds }
        state = .stream(source)
    }

    /// Appends the next event.
    mutating func send(_ ticks: EventTicks) {
        var ticks = ticks
        // A client that does not read loses no tick and costs no memory: the stream waits for it.
        if output.count < Self.backlogByteCountMax { ticks.appendNext(to: &output) }
        if ticks.isFinished { return finish(mayKeepAlive: request?.minorVersion == 1) }
        wakeAt = now + ticks.intervalMilliseconds
        state = .events(ticks)
    }

    private mutating func text(_ status: Int, _ contentType: String, _ body: [UInt8]) {
        var head = ResponseHead(status)
        let hasBody = status != 204 && status != 304
        if hasBody {
            head.add("Content-Type", contentType)
            head.add("Content-Length", "\(body.count)")
        }
        if (300...303).contains(status) || status == 307 || status == 308 {
            head.add("Location", "/echo")
        }
        addConnection(to: &head)
        output += head.finished
        if hasBody, request?.isHead != true { output += body }
        finish(mayKeepAlive: true)
    }

    private mutating func begin(_ source: BodySource) {
        var source = source
        if request?.minorVersion == 0 { source.avoidChunks() }
        var head = ResponseHead(200)
        head.add("Content-Type", "text/plain")
        if let length = source.contentLength { head.add("Content-Length", "\(length)") }
        switch source.framing {
        case .chunked:
            head.add("Transfer-Encoding", "chunked")
            addConnection(to: &head)
        case .length: addConnection(to: &head)
        case .untilClose: head.add("Connection", "close")
        }
        output += head.finished
        if request?.isHead == true { return finish(mayKeepAlive: source.framing != .untilClose) }
        send(source)
    }

    private mutating func beginEvents() {
        guard let request else { preconditionFailure("events without a request") }
        let ticks = EventTicks(request, interval: tickMilliseconds)
        ticks.appendHead(to: &output)
        if request.isHead || ticks.isFinished {
            return finish(mayKeepAlive: false)
        }
        send(ticks)
    }

    private mutating func misbehave(_ fault: Fault) {
        output += fault.bytes
        switch fault.end {
        case .close: ending = .close
        case .reset: ending = .reset
        case .hang: state = .deaf
        }
    }

    private mutating func upgrade(_ behaviour: WebSocketBehaviour) {
        guard let request else { preconditionFailure("an upgrade without a request") }
        do throws(WebSocketHandshake.Refusal) {
            let handshake = try WebSocketHandshake(request)
            output += handshake.answer
            if case .greet(let count) = behaviour {
                for number in 0..<count {
                    WebSocketEcho.append(.text, Array("greeting \(number)".utf8), to: &output)
                }
            }
            state = .webSocket(
                WebSocketEcho(behaviour, allowsCompression: handshake.compresses))
        } catch {
            inputHasEnded = true
            switch error {
            case .malformed: give(.plain(400, "this upgrade was not understood\n"))
            case .wrongVersion: refuseVersion()
            }
        }
    }

    private mutating func refuseVersion() {
        var head = ResponseHead(426)
        head.add("Sec-WebSocket-Version", "13")
        head.add("Content-Length", "0")
        head.add("Connection", "close")
        output += head.finished
        finish(mayKeepAlive: false)
    }

    private mutating func finish(mayKeepAlive: Bool) {
        if mayKeepAlive, request?.keepsAlive == true, !inputHasEnded {
            state = .head
        } else {
            state = .over
            ending = .close
        }
        request = nil
        tally = nil
    }

    private func addConnection(to head: inout ResponseHead) {
        if request?.keepsAlive == true, !inputHasEnded {
            if request?.minorVersion == 0 { head.add("Connection", "keep-alive") }
        } else {
            head.add("Connection", "close")
        }
    }

    /// The request as JSON.
    private mutating func echoText() -> String {
        guard let request, let tally = tally.take() else {
            preconditionFailure("an echo before the request was complete")
        }
        let body = Self.text(tally.kept)
        let byteCount = tally.byteCount
        let digest = tally.hexadecimalDigest()
        var json = JSONText()
        json.object { json in
            json.member("method", Self.text(request.method))
            json.member("target", Self.text(request.target))
            json.member("version", "HTTP/1.\(request.minorVersion)")
            json.key("headers")
            json.array { json in
                for field in request.fields {
                    json.array { json in
                        json.string(Self.text(field.name))
                        json.string(Self.text(field.value))
                    }
                }
            }
            json.member("trailers", trailers.map(Self.text))
            json.member("body", body)
            json.member("body_byte_count", byteCount)
            json.member("body_sha256", digest)
            json.member("encrypted", isEncrypted)
            json.member("connection", identifier)
            json.member("request_of_connection", requestCount)
        }
        return json.text + "\n"
    }

    /// Bytes as text: what is not UTF-8 becomes U+FFFD.
    private static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
