extension AccessLine {
    /// Writes one line with its newline in a form of one's own. Values that are not one plain word are in
    /// quotes, as in the text form; what there is not is `-`.
    borrowing func write(
        into writer: inout ByteWriter, at time: borrowing LogTime, template: LogTemplate
    ) {
        for piece in template.pieces {
            switch piece {
            case .literal(let bytes):
                // SAFETY: bytes are plain data; the array outlives the span.
                unsafe writer.append(bytes.span.bytes)
            case .field(let field): write(field, into: &writer, at: time)
            }
        }
        writer.append(byte: UInt8(ascii: "\n"))
    }

    private borrowing func write(
        _ field: LogField, into writer: inout ByteWriter, at time: borrowing LogTime
    ) {
        switch field {
        case .time: writer.append(time.bytes)
        case .client: writer.append(client, includingPort: client.port != 0)
        case .method: writer.append(textValue: method, byteCountMax: Self.methodByteCountMax)
        case .host: writer.append(textValue: host, byteCountMax: Self.nameByteCountMax)
        case .path: writer.append(textValue: path, byteCountMax: Self.pathByteCountMax)
        case .requestProtocol: writer.append(requestProtocol.logName)
        case .closedBy:
            if let webSocketEnd {
                writer.append(webSocketEnd.by.name)
            } else {
                writer.append(byte: UInt8(ascii: "-"))
            }
        case .closeCode:
            if let webSocketEnd, webSocketEnd.code == CloseMetric.opaqueCode {
                writer.append("opaque")
            } else {
                writer.append(numberOrNone: (webSocketEnd?.code).map { UInt64($0) })
            }
        case .status: writer.append(numberOrNone: status == 0 ? nil : UInt64(status))
        case .receivedBytes: writer.append(decimal: receivedByteCount)
        case .sentBytes: writer.append(decimal: sentByteCount)
        case .duration: writer.append(decimal: totalMilliseconds)
        case .upstreamDuration: writer.append(numberOrNone: upstreamMilliseconds)
        case .route: writer.append(textValue: routeName, byteCountMax: Self.nameByteCountMax)
        case .rule: writeRuleValue(into: &writer, .text)
        case .service: writer.append(textValue: service, byteCountMax: Self.nameByteCountMax)
        case .fallback: writer.append(textValue: fallback.octets)
        case .upstream: writeUpstreamValue(into: &writer)
        case .fault:
            if faultSide == .none {
                writer.append(byte: UInt8(ascii: "-"))
            } else {
                writer.append(faultSide.name)
            }
        case .reason: writer.append(textValue: reason.octets)
        case .requestID: writer.append(textValue: requestID)
        case .traceID: writer.append(textValue: traceID)
        case .table: writer.append(textValue: table)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func append(textValue bytes: RawSpan, byteCountMax: Int) {
        append(textValue: bytes.extracting(0..<min(bytes.byteCount, byteCountMax)))
    }

    fileprivate mutating func append(numberOrNone number: UInt64?) {
        if let number { append(decimal: number) } else { append(byte: UInt8(ascii: "-")) }
    }
}
