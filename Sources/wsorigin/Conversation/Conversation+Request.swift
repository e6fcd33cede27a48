extension Conversation {
    /// Does all that the state and the input allow.
    mutating func advance() {
        var goesOn = true
        while goesOn, ending == nil {
            switch state {
            case .head: goesOn = readHead()
            case .body(let decoder): goesOn = readBody(decoder)
            case .webSocket(let echo): goesOn = readFrames(echo)
            case .events, .deaf:
                input.removeAll()
                if inputHasEnded { ending = .close }
                goesOn = false
            case .delay:
                // Nobody waits for the answer any more, as far as can be told.
                if inputHasEnded { ending = .close }
                goesOn = false
            case .stream: goesOn = false
            case .over:
                input.removeAll()
                goesOn = false
            }
        }
    }

    /// - Returns: Whether the state has changed.
    private mutating func readHead() -> Bool {
        // Pipelined requests wait until the client has read what was answered.
        guard output.count < Self.backlogByteCountMax else { return false }
        do throws(RequestFault) {
            guard let (head, byteCount) = try RequestHead.parse(input[...]) else {
                if inputHasEnded { ending = .close }
                return false
            }
            input.removeFirst(byteCount)
            requestCount += 1
            begin(head)
        } catch {
            refuse(error)
        }
        return true
    }

    private mutating func begin(_ head: RequestHead) {
        request = head
        if WebSocketHandshake.isAsked(by: head) {
            return give(Answer(upgradeOn: head.path))
        }
        let expects = head.framing != .none && head.lists("Expect", "100-continue")
        if expects {
            // A final status instead of the 100: the client keeps its body (RFC 9110, 10.1.1).
            if case .text(let status, _, _) = Answer(path: head.path), status >= 300 {
                inputHasEnded = true
                return give(Answer(path: head.path))
            }
            output += ResponseHead(100).finished
        }
        if case .fault = Answer(path: head.path) { return give(Answer(path: head.path)) }
        tally = BodyTally()
        state = .body(BodyDecoder(head.framing))
    }

    private mutating func readBody(_ decoder: BodyDecoder) -> Bool {
        var decoder = decoder
        var rest = input[...]
        do throws(RequestFault) {
            while let piece = try decoder.next(from: &rest) { tally?.add(piece) }
        } catch {
            refuse(error)
            return true
        }
        input.removeFirst(input.count - rest.count)
        guard decoder.isFinished else {
            state = .body(decoder)
            if inputHasEnded { ending = .close }
            return false
        }
        guard let request else { preconditionFailure("a body without a head") }
        trailers = decoder.trailers
        give(Answer(path: request.path))
        return true
    }

    private mutating func readFrames(_ echo: WebSocketEcho) -> Bool {
        var echo = echo
        var rest = input[...]
        let outcome = echo.receive(&rest, output: &output)
        input.removeFirst(input.count - rest.count)
        state = .webSocket(echo)
        switch outcome {
        case .open: if inputHasEnded { ending = .close }
        case .close: ending = .close
        case .reset: ending = .reset
        }
        return false
    }

    private mutating func refuse(_ fault: RequestFault) {
        request = nil
        inputHasEnded = true
        give(.plain(fault.status, "this request was not understood\n"))
    }
}
