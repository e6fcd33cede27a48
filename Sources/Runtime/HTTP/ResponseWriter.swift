import RouteTable

/// Writes the head of a response for the client from the parts that were parsed of the upstream's.
package enum ResponseWriter {
    /// How the content must be sent to the client, and what becomes of its connection.
    package struct Plan: BitwiseCopyable, Equatable, Sendable {
        /// Where the content ends for the client.
        package var framing: ResponseFraming
        /// Whether the connection persists after the content.
        package var keepAlive: Bool

        package init(framing: ResponseFraming, keepAlive: Bool) {
            self.framing = framing
            self.keepAlive = keepAlive
        }
    }

    /// Appends the head to `writer`. Its overflow flag tells if there was no room.
    ///
    /// An upstream's content of unknown length becomes chunked for HTTP/1.1 and lasts until close
    /// for HTTP/1.0. An interim response to an HTTP/1.0 client is left out (RFC 9110, 15.2).
    ///
    /// - Parameters:
    ///   - head: What was parsed. A 101 must have been verified.
    ///   - fields: The fields that were parsed with it.
    ///   - bytes: The bytes that were parsed.
    ///   - terms: What the request has settled.
    ///   - additionalFields: Complete field lines that are added as they are. May be empty.
    /// - Complexity: O(*n*) for *n* bytes of head.
    package static func write(
        _ head: ResponseHead, fields: borrowing HeaderFields, bytes: RawSpan, terms: ClientTerms,
        additionalFields: RawSpan = RawSpan(), into writer: inout ByteWriter
    ) -> Plan {
        let plan = self.plan(head, terms)
        if head.isInterim, terms.version == .http10 { return plan }
        writer.append("HTTP/1.1 ")
        writer.append(decimal: UInt64(head.status.rawValue))
        writer.append(byte: OctetClass.space)
        writer.append(bytes.octets(head.reason))
        writer.appendLineEnd()
        // A 426 has to say what for (RFC 9110, 15.5.22), whatever hop says it.
        let wantsUpgrade =
            head.status == .upgradeRequired && terms.version == .http11 && fields.contains(.upgrade)
        writeFraming(head, plan, terms, wantsUpgrade: wantsUpgrade, into: &writer)
        for index in 0..<fields.count {
            let kind = fields.kind(at: index)
            let passes = !kind.isHopByHop || (kind == .trailer && plan.framing == .chunked)
            guard passes && !fields.isNominated(at: index) || kind == .upgrade && wantsUpgrade
            else { continue }
            writer.append(fields[index], of: bytes)
        }
        writer.append(additionalFields)
        writer.appendLineEnd()
        return plan
    }

    private static func plan(_ head: ResponseHead, _ terms: ClientTerms) -> Plan {
        switch head.framing {
        // Lines of ours may go into a stream of events, so its length is not known.
        case .length where head.isEventStream: unknownLength(terms)
        case .none, .length: Plan(framing: head.framing, keepAlive: terms.keepAlive)
        case .chunked, .untilClose: unknownLength(terms)
        }
    }

    private static func unknownLength(_ terms: ClientTerms) -> Plan {
        switch terms.version {
        case .http11: Plan(framing: .chunked, keepAlive: terms.keepAlive)
        case .http10: Plan(framing: .untilClose, keepAlive: false)
        }
    }

    private static func writeFraming(
        _ head: ResponseHead, _ plan: Plan, _ terms: ClientTerms, wantsUpgrade: Bool,
        into writer: inout ByteWriter
    ) {
        if head.isInterim { return }
        if head.isSwitchingProtocols {
            writer.append("Connection: Upgrade\r\nUpgrade: websocket\r\n")
            return
        }
        switch plan.framing {
        case .none:
            // The answer to HEAD and a 304 may say how long the answer to GET would be.
            if let contentLength = head.contentLength, head.status != .noContent {
                writer.append(contentLength: contentLength)
            }
        case .length(let byteCount): writer.append(contentLength: byteCount)
        case .chunked: writer.append("Transfer-Encoding: chunked\r\n")
        case .untilClose: break
        }
        if wantsUpgrade {
            writer.append(
                plan.keepAlive ? "Connection: Upgrade\r\n" : "Connection: Upgrade, close\r\n")
            return
        }
        writer.appendConnection(keepAlive: plan.keepAlive, version: terms.version)
    }
}
