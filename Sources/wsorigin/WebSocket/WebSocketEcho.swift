/// The server's side of an echoing WebSocket after the handshake.
///
/// Payload bytes go back as they come, so a frame of any size costs no memory. Compressed frames go back as they
/// are: the handshake makes sure that each message stands for itself.
struct WebSocketEcho {
    /// What becomes of the connection.
    enum Outcome: Equatable {
        case open
        case close
        case reset
    }

    private enum State {
        case header
        case payload(FrameHeader, offset: UInt64)
        case over(Outcome)
    }

    /// A client may fragment a message without end, so nothing is kept but the opcode of the message.
    private var openMessage: FrameHeader.Opcode?
    private var control: [UInt8] = []
    private var state = State.header
    private let behaviour: WebSocketBehaviour
    private let allowsCompression: Bool

    init(_ behaviour: WebSocketBehaviour, allowsCompression: Bool) {
        self.behaviour = behaviour
        self.allowsCompression = allowsCompression
    }

    /// Takes all of `input` that can be taken and appends what is to be sent.
    mutating func receive(
        _ input: inout ArraySlice<UInt8>, output: inout [UInt8]
    ) -> Outcome {
        while true {
            switch state {
            case .over(let outcome):
                input = []
                return outcome
            case .payload(let header, let offset):
                if offset < header.payloadByteCount, input.isEmpty { return .open }
                takePayload(of: header, from: offset, &input, &output)
            case .header:
                do throws(ProtocolViolation) {
                    guard let parsed = try FrameHeader.parse(input) else { return .open }
                    input = input.dropFirst(parsed.byteCount)
                    try begin(parsed.header, &output)
                } catch {
                    send(.close, [0x03, 0xea], to: &output)
                    state = .over(.close)
                }
            }
        }
    }

    private mutating func begin(
        _ header: FrameHeader, _ output: inout [UInt8]
    ) throws(ProtocolViolation) {
        if !header.opcode.isControl {
            let continues = header.opcode == .continuation
            guard continues == (openMessage != nil) else { throw ProtocolViolation() }
            guard !header.isCompressed || (allowsCompression && !continues) else {
                throw ProtocolViolation()
            }
            if !continues { openMessage = header.opcode }
            if echoes {
                var answer = header
                answer.mask = nil
                output += answer.serverBytes
            }
        }
        control.removeAll(keepingCapacity: true)
        state = .payload(header, offset: 0)
    }

    private mutating func takePayload(
        of header: FrameHeader, from offset: UInt64, _ input: inout ArraySlice<UInt8>,
        _ output: inout [UInt8]
    ) {
        let piece = input.prefix(Int(min(header.payloadByteCount - offset, UInt64(input.count))))
        input = input.dropFirst(piece.count)
        let plain = header.unmask(piece, at: offset)
        if header.opcode.isControl {
            control += plain
        } else if echoes {
            output += plain
        }
        let newOffset = offset + UInt64(piece.count)
        if newOffset == header.payloadByteCount {
            state = .header
            end(of: header, &output)
        } else {
            state = .payload(header, offset: newOffset)
        }
    }

    private mutating func end(of header: FrameHeader, _ output: inout [UInt8]) {
        switch header.opcode {
        case .ping:
            if behaviour != .silent { send(.pong, control, to: &output) }
        case .pong:
            break
        case .close:
            if behaviour != .silent { answerClose(&output) }
            state = .over(.close)
        case .continuation, .text, .binary:
            guard header.isFinal else { return }
            openMessage = nil
            endOfMessage(&output)
        }
    }

    private mutating func endOfMessage(_ output: inout [UInt8]) {
        switch behaviour {
        case .echo, .silent, .greet: break
        case .resetAfterFirstMessage: state = .over(.reset)
        case .dropAfterFirstMessage: state = .over(.close)
        case .closeAfterFirstMessage(let code):
            send(.close, [UInt8(code >> 8), UInt8(code & 0xff)] + Array("bye".utf8), to: &output)
            state = .over(.close)
        }
    }

    /// Sends the peer's code back, or 1002 where no peer may send it (RFC 6455, 7.4).
    private func answerClose(_ output: inout [UInt8]) {
        guard control.count >= 2 else {
            return send(.close, control.isEmpty ? [] : [0x03, 0xea], to: &output)
        }
        let code = UInt16(control[0]) << 8 | UInt16(control[1])
        let isAllowed =
            (1000...1014).contains(code) && ![1004, 1005, 1006].contains(code)
            || (3000...4999).contains(code)
        send(.close, isAllowed ? control : [0x03, 0xea], to: &output)
    }

    private func send(
        _ opcode: FrameHeader.Opcode, _ payload: [UInt8], to output: inout [UInt8]
    ) {
        Self.append(opcode, payload, to: &output)
    }

    /// Appends an unmasked frame.
    static func append(
        _ opcode: FrameHeader.Opcode, _ payload: [UInt8], to output: inout [UInt8]
    ) {
        let header = FrameHeader(
            isFinal: true, isCompressed: false, opcode: opcode,
            payloadByteCount: UInt64(payload.count), mask: nil)
        output += header.serverBytes + payload
    }

    private var echoes: Bool {
        switch behaviour {
        case .echo, .greet: true
        case .silent, .resetAfterFirstMessage, .dropAfterFirstMessage, .closeAfterFirstMessage:
            false
        }
    }
}
