/// Walks the frames that one side of a WebSocket sends, over any split of its bytes. Payload is neither
/// touched nor copied, except that of a Close frame and of a Pong that may answer a ping of ours.
///
/// A value without I/O, in one of two modes. ``next(in:at:limits:stopsAtBoundary:)`` judges each frame by
/// RFC 6455 and by limits; it wants heads, and the frames that it reads, in one piece, so its caller keeps
/// what is left of them for the next call. ``follow(_:from:)`` follows the lengths only, whatever the
/// frames are, and takes everything at once. One cursor is used in one mode.
package struct FrameCursor: BitwiseCopyable, Equatable, Sendable {
    /// Who sends the frames.
    package enum Sender: UInt8, BitwiseCopyable, Sendable { case client, upstream }

    /// What a walk came upon. `offset` is behind what the step names, or at the start of what is wrong.
    package enum Step: BitwiseCopyable, Equatable, Sendable {
        /// The end of the bytes; all of them can be passed on.
        case end
        /// A frame has ended here. Only if asked for.
        case boundary
        /// The rest is a part of something that must be seen whole.
        case partial
        /// A Pong that is as long as one that answers a ping of ours.
        case pong(start: Int)
        /// A valid Close frame. Nothing that follows it means anything.
        case close(start: Int)
        case fault(FrameFault)
    }

    private struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt8

        static let allowsCompression = Flags(rawValue: 1)
        /// A message has begun and has not ended.
        static let isInMessage = Flags(rawValue: 2)
        static let sawClose = Flags(rawValue: 4)
        static let allowsReservedBits = Flags(rawValue: 8)
    }

    /// Payload of the frame under way that is still to come.
    private var payloadLeft: UInt64 = 0
    /// Announced payload of the message under way.
    private var messageBytes: UInt64 = 0
    /// Messages that have begun.
    package private(set) var messageCount: UInt64 = 0
    /// Code of the Close frame that came; 0 if none did or it had none.
    package private(set) var closeCode: UInt16 = 0
    private let sender: Sender
    private var flags = Flags()
    /// Of a head that is only followed: how many of its bytes have come, and the first two of them.
    private var headSeen: UInt8 = 0
    private var first: UInt8 = 0
    private var second: UInt8 = 0

    /// - Parameter allowsCompression: permessage-deflate was agreed on, so that the first frame of a message
    ///   may have the bit RSV1 (RFC 7692, 6).
    /// - Parameter allowsReservedBits: Other extensions were agreed on, which give the reserved bits a
    ///   meaning that is not known here.
    package init(_ sender: Sender, allowsCompression: Bool, allowsReservedBits: Bool = false) {
        self.sender = sender
        if allowsCompression { flags.insert(.allowsCompression) }
        if allowsReservedBits { flags.insert(.allowsReservedBits) }
    }

    /// Whether all that was passed on are whole frames, so that another one can be put behind them.
    package var isAtBoundary: Bool { payloadLeft == 0 && headSeen == 0 }
    /// Whether a frame has begun whose end is still to come. One of 2⁶³ bytes and more can't be (RFC 6455, 5.2), and
    /// who announced it has no more to say.
    package var isWithinFrame: Bool {
        headSeen != 0 || payloadLeft != 0 && payloadLeft < 1 << 62
    }
    /// Whether a message has begun of which the last fragment is still to come.
    package var isInMessage: Bool { flags.contains(.isInMessage) }
    /// Whether the sender has sent a Close frame.
    package var sawClose: Bool { flags.contains(.sawClose) }

    /// Payload of pings of ours, and so of the pongs that answer them.
    package static let pingBytes = 12

    /// Walks on, up to the next thing that its caller has to know.
    ///
    /// - Parameters:
    ///   - offset: Where to begin; afterwards, how far everything is known.
    ///   - stopsAtBoundary: Whether the end of a frame is to be told.
    ///   - sizes: Where the announced sizes of messages are counted.
    @inline(__always)
    package mutating func next(
        in bytes: RawSpan, at offset: inout Int, limits: FrameLimits, stopsAtBoundary: Bool,
        sizes: MessageSizes? = nil
    ) -> Step {
        while true {
            if payloadLeft > 0 {
                let available = bytes.byteCount - offset
                if payloadLeft > UInt64(available) {
                    payloadLeft &-= UInt64(available)
                    offset = bytes.byteCount
                    return .end
                }
                offset &+= Int(payloadLeft)
                payloadLeft = 0
                if stopsAtBoundary { return .boundary }
            }
            let left = bytes.byteCount - offset
            if left < 2 { return left == 0 ? .end : .partial }
            let head = FrameHead(
                first: bytes.octet(at: offset), second: bytes.octet(at: offset + 1))
            if let fault = fault(of: head) { return .fault(fault) }
            if left < head.byteCount { return .partial }
            let length = head.payloadByteCount(in: bytes, at: offset)
            if head.isControl {
                if let step = control(head, Int(length), in: bytes, at: &offset) { return step }
            } else {
                if let fault = fault(of: head, length, limits) { return .fault(fault) }
                begin(head, length, sizes)
                offset &+= head.byteCount
            }
            payloadLeft = length
            if length == 0, stopsAtBoundary { return .boundary }
        }
    }

    /// What the first two bytes tell.
    @inline(__always)
    private func fault(of head: FrameHead) -> FrameFault? {
        let reserved = head.first & 0x70
        if reserved != 0, !flags.contains(.allowsReservedBits) {
            let isCompressed =
                reserved == 0x40 && flags.contains(.allowsCompression) && !head.isControl
                && head.opcode != FrameHead.Opcode.continuation
            guard isCompressed else { return .reservedBits }
        }
        if head.isMasked != (sender == .client) { return head.isMasked ? .masked : .notMasked }
        switch head.opcode {
        case FrameHead.Opcode.continuation:
            return flags.contains(.isInMessage) ? nil : .unexpectedContinuation
        case FrameHead.Opcode.text, FrameHead.Opcode.binary:
            return flags.contains(.isInMessage) ? .interruptedMessage : nil
        case FrameHead.Opcode.close, FrameHead.Opcode.ping, FrameHead.Opcode.pong:
            if !head.isFinal { return .fragmentedControl }
            return head.shortLength > FrameHead.controlBytesMax ? .longControl : nil
        default: return .unknownOpcode
        }
    }

    /// What the length tells.
    @inline(__always)
    private func fault(
        of head: FrameHead, _ length: UInt64, _ limits: FrameLimits
    ) -> FrameFault? {
        switch head.shortLength {
        case 126: if length < 126 { return .overlongLength }
        case 127:
            if length >> 63 != 0 { return .impossibleLength }
            if length <= 0xFFFF { return .overlongLength }
        default: break
        }
        if length > limits.frameBytesMax { return .frameTooBig }
        let isFirst = head.opcode != FrameHead.Opcode.continuation
        let earlier = isFirst ? 0 : messageBytes
        // Both are below 2⁶³, so their sum is a number.
        if earlier &+ length > limits.messageBytesMax { return .messageTooBig }
        if isFirst, messageCount >= limits.messageCountMax { return .tooManyMessages }
        return nil
    }

    /// Counts a frame of a message whose head was found fit.
    @inline(__always)
    private mutating func begin(_ head: FrameHead, _ length: UInt64, _ sizes: MessageSizes?) {
        if head.opcode != FrameHead.Opcode.continuation {
            messageCount &+= 1
            messageBytes = length
        } else {
            // A message of endless fragments is bounded by this, and nobody notices.
            messageBytes = min(messageBytes &+ length, .max >> 1)
        }
        if head.isFinal {
            flags.remove(.isInMessage)
            sizes?.note(messageBytes)
        } else {
            flags.insert(.isInMessage)
        }
    }

    /// Reads a control frame if it is one that has to be.
    ///
    /// - Returns: nil if its payload passes as any other; `offset` is behind the head then.
    private mutating func control(
        _ head: FrameHead, _ length: Int, in bytes: RawSpan, at offset: inout Int
    ) -> Step? {
        let start = offset
        let isRead =
            head.opcode == FrameHead.Opcode.close
            || head.opcode == FrameHead.Opcode.pong && length == Self.pingBytes
        guard isRead else {
            offset += head.byteCount
            return nil
        }
        let end = start + head.byteCount + length
        if bytes.byteCount < end { return .partial }
        guard head.opcode == FrameHead.Opcode.close else {
            offset = end
            return .pong(start: start)
        }
        let payload = ControlPayload(of: head, length, in: bytes, at: start)
        if let fault = payload.closeFault { return .fault(fault) }
        closeCode = payload.closeCode
        flags.insert(.sawClose)
        offset = end
        return .close(start: start)
    }
}

extension FrameCursor {
    /// Follows frames by their lengths alone, up to the end of one.
    ///
    /// - Returns: Where the frame ends, or nil if that is beyond these bytes. Bytes that are no frames lead
    ///   nowhere in particular; nothing else comes of them.
    package mutating func follow(_ bytes: RawSpan, from start: Int) -> Int? {
        var offset = start
        if payloadLeft == 0 || headSeen > 0 {
            guard followHead(bytes, &offset) else { return nil }
        }
        let available = UInt64(bytes.byteCount - offset)
        if payloadLeft > available {
            payloadLeft -= available
            return nil
        }
        offset += Int(payloadLeft)
        payloadLeft = 0
        return offset
    }

    /// - Returns: Whether the head is complete; its payload is what is left then.
    @inline(__always)
    private mutating func followHead(_ bytes: RawSpan, _ offset: inout Int) -> Bool {
        if headSeen == 0, bytes.byteCount - offset >= FrameHead.byteCountMax {
            let head = FrameHead(
                first: bytes.octet(at: offset), second: bytes.octet(at: offset + 1))
            payloadLeft = head.payloadByteCount(in: bytes, at: offset)
            offset += head.byteCount
            note(head)
            return true
        }
        return followHeadSlowly(bytes, &offset)
    }

    private mutating func followHeadSlowly(_ bytes: RawSpan, _ offset: inout Int) -> Bool {
        while offset < bytes.byteCount {
            let octet = bytes.octet(at: offset)
            offset += 1
            headSeen += 1
            switch headSeen {
            case 1: first = octet
            case 2:
                second = octet
                let head = FrameHead(first: first, second: second)
                payloadLeft = head.lengthByteCount == 0 ? UInt64(head.shortLength) : 0
            default:
                let head = FrameHead(first: first, second: second)
                if Int(headSeen) <= 2 + head.lengthByteCount {
                    payloadLeft = payloadLeft &<< 8 | UInt64(octet)
                }
            }
            let head = FrameHead(first: first, second: second)
            if headSeen >= 2, Int(headSeen) == head.byteCount {
                headSeen = 0
                note(head)
                return true
            }
        }
        return false
    }

    private mutating func note(_ head: FrameHead) {
        switch head.opcode {
        case FrameHead.Opcode.text, FrameHead.Opcode.binary: messageCount &+= 1
        case FrameHead.Opcode.continuation: break
        case FrameHead.Opcode.close:
            flags.insert(.sawClose)
            return
        default: return
        }
        if head.isFinal { flags.remove(.isInMessage) } else { flags.insert(.isInMessage) }
    }
}
