extension AccessLine {
    /// No line is longer than this, however much a client sends: a writer with this much room takes
    /// it.
    package static let byteCountMax = 16_384

    static let pathByteCountMax = 1024
    static let nameByteCountMax = 255
    static let methodByteCountMax = 32

    /// Writes one line with its newline. Does not allocate.
    ///
    /// - Parameter writer: Has room for ``byteCountMax`` more bytes, else the line may be cut
    ///   anywhere.
    package borrowing func write(
        into writer: inout ByteWriter, at time: borrowing LogTime, format: LogFormat
    ) {
        switch format {
        case .text: writeText(into: &writer, at: time)
        case .json: writeFields(into: &writer, at: time, .json)
        }
    }

    /// The same as ``writeFields(into:at:_:)`` would write, with names that are one literal each and words that are
    /// known to be plain: this is written for each request.
    private borrowing func writeText(into writer: inout ByteWriter, at time: borrowing LogTime) {
        writer.append(time.bytes)
        writer.append(" info access client=")
        writer.append(client, includingPort: client.port != 0)
        writer.append(" method=")
        writer.append(textValue: method, byteCountMax: Self.methodByteCountMax)
        writer.append(" host=")
        writer.append(textValue: host, byteCountMax: Self.nameByteCountMax)
        writer.append(" path=")
        writer.append(textValue: path, byteCountMax: Self.pathByteCountMax)
        writer.append(" protocol=")
        writer.append(requestProtocol.logName)
        if dataPath.utf8CodeUnitCount > 0 { writer.appendField("data_path", dataPath, .text) }
        if webSocketEnd != nil { writeEnd(into: &writer, .text) }
        writer.append(" status=")
        writer.append(numberOrNone: status == 0 ? nil : UInt64(status))
        writer.append(" bytes_in=")
        writer.append(decimal: receivedByteCount)
        writer.append(" bytes_out=")
        writer.append(decimal: sentByteCount)
        writer.append(" duration_ms=")
        writer.append(decimal: totalMilliseconds)
        writer.append(" upstream_ms=")
        writer.append(numberOrNone: upstreamMilliseconds)
        writer.append(" route=")
        writer.append(textValue: routeName, byteCountMax: Self.nameByteCountMax)
        writer.append(" rule=")
        writeRuleValue(into: &writer, .text)
        writer.append(" service=")
        writer.append(textValue: service, byteCountMax: Self.nameByteCountMax)
        if fallback.utf8CodeUnitCount > 0 { writer.appendField("fallback", fallback, .text) }
        writeOutcome(into: &writer)
    }

    /// The end of a line of text.
    private borrowing func writeOutcome(into writer: inout ByteWriter) {
        writer.append(" upstream=")
        writeUpstreamValue(into: &writer)
        if faultSide == .none, reason.utf8CodeUnitCount == 0 {
            writer.append(" fault=- reason=-")
        } else {
            writer.appendField("fault", faultSide.name, .text)
            writer.appendField("reason", reason, .text)
        }
        writer.append(" request_id=")
        writer.append(wordOrNone: requestID)
        writer.append(" trace_id=")
        writer.append(wordOrNone: traceID)
        writer.append(" table=")
        writer.append(wordOrNone: table)
        writer.append(byte: UInt8(ascii: "\n"))
    }

    borrowing func writeUpstreamValue(into writer: inout ByteWriter) {
        if !upstreamName.isEmpty {
            writer.append(textValue: upstreamName, byteCountMax: Self.nameByteCountMax)
        } else if let upstream {
            writer.append(upstream, includingPort: upstream.port != 0)
        } else {
            writer.append(byte: UInt8(ascii: "-"))
        }
    }

    private borrowing func writeFields(
        into writer: inout ByteWriter, at time: borrowing LogTime, _ format: LogFormat
    ) {
        writer.beginLine(time, .info, "access", format)
        writer.appendField("client", client, format)
        writer.appendField("method", method, byteCountMax: Self.methodByteCountMax, format)
        writer.appendField("host", host, byteCountMax: Self.nameByteCountMax, format)
        writer.appendField("path", path, byteCountMax: Self.pathByteCountMax, format)
        writer.appendField("protocol", requestProtocol.logName, format)
        if dataPath.utf8CodeUnitCount > 0 { writer.appendField("data_path", dataPath, format) }
        writeEnd(into: &writer, format)
        writer.appendField("status", status == 0 ? nil : UInt64(status), format)
        writer.appendField("bytes_in", receivedByteCount, format)
        writer.appendField("bytes_out", sentByteCount, format)
        writer.appendField("duration_ms", totalMilliseconds, format)
        writer.appendField("upstream_ms", upstreamMilliseconds, format)
        writer.appendField("route", routeName, byteCountMax: Self.nameByteCountMax, format)
        writeRule(into: &writer, format)
        writer.appendField("service", service, byteCountMax: Self.nameByteCountMax, format)
        if fallback.utf8CodeUnitCount > 0 { writer.appendField("fallback", fallback, format) }
        if upstreamName.isEmpty {
            writer.appendField("upstream", upstream, format)
        } else {
            writer.appendField(
                "upstream", upstreamName, byteCountMax: Self.nameByteCountMax, format)
        }
        writer.appendField("fault", faultSide.name, format)
        writer.appendField("reason", reason, format)
        writer.appendPlainField("request_id", requestID, format)
        writer.appendPlainField("trace_id", traceID, format)
        writer.appendPlainField("table", table, format)
        writer.endLine(format)
    }

    /// Who has ended a WebSocket; nothing for anything else.
    private borrowing func writeEnd(into writer: inout ByteWriter, _ format: LogFormat) {
        guard let webSocketEnd else { return }
        writer.appendField("closed_by", webSocketEnd.by.name, format)
        if webSocketEnd.code == CloseMetric.opaqueCode {
            writer.appendField("close_code", "opaque", format)
        } else {
            writer.appendField("close_code", UInt64(webSocketEnd.code), format)
        }
    }

    /// `file:line`.
    private borrowing func writeRule(into writer: inout ByteWriter, _ format: LogFormat) {
        writer.beginField("rule", format)
        writeRuleValue(into: &writer, format)
    }

    borrowing func writeRuleValue(into writer: inout ByteWriter, _ format: LogFormat) {
        guard routeFile.byteCount > 0 else { return writer.appendNone(format) }
        writer.appendValue(routeFile, byteCountMax: Self.nameByteCountMax, format)
        let isQuoted = writer.written.octet(at: writer.count - 1) == UInt8(ascii: "\"")
        if isQuoted { writer.truncate(to: writer.count - 1) }
        writer.append(byte: UInt8(ascii: ":"))
        writer.append(decimal: UInt64(routeLine))
        if isQuoted { writer.append(byte: UInt8(ascii: "\"")) }
    }
}

extension ByteWriter {
    /// Appends what is cut as in ``appendValue(_:byteCountMax:_:)``.
    @inline(always)
    fileprivate mutating func append(textValue bytes: RawSpan, byteCountMax: Int) {
        guard bytes.byteCount <= byteCountMax else {
            return appendValue(bytes, byteCountMax: byteCountMax, .text)
        }
        append(textValue: bytes)
    }

    @inline(always)
    fileprivate mutating func append(numberOrNone number: UInt64?) {
        if let number { append(decimal: number) } else { append(byte: UInt8(ascii: "-")) }
    }

    /// A word that is known to need no quotes.
    @inline(always)
    fileprivate mutating func append(wordOrNone word: RawSpan) {
        if word.isEmpty { append(byte: UInt8(ascii: "-")) } else { append(word) }
    }
}
