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
        writer.beginLine(time, .info, "access", format)
        writer.appendField("client", client, format)
        writer.appendField("method", method, byteCountMax: Self.methodByteCountMax, format)
        writer.appendField("host", host, byteCountMax: Self.nameByteCountMax, format)
        writer.appendField("path", path, byteCountMax: Self.pathByteCountMax, format)
        writer.appendField("protocol", requestProtocol.logName, format)
        if dataPath.utf8CodeUnitCount > 0 { writer.appendField("data_path", dataPath, format) }
        if let webSocketEnd {
            writer.appendField("closed_by", webSocketEnd.by.name, format)
            if webSocketEnd.code == CloseMetric.opaqueCode {
                writer.appendField("close_code", "opaque", format)
            } else {
                writer.appendField("close_code", UInt64(webSocketEnd.code), format)
            }
        }
        writer.appendField("status", status == 0 ? nil : UInt64(status), format)
        writer.appendField("bytes_in", receivedByteCount, format)
        writer.appendField("bytes_out", sentByteCount, format)
        writer.appendField("duration_ms", totalMilliseconds, format)
        writer.appendField("upstream_ms", upstreamMilliseconds, format)
        writer.appendField("route", routeName, byteCountMax: Self.nameByteCountMax, format)
        writeRule(into: &writer, format)
        writer.appendField("service", service, byteCountMax: Self.nameByteCountMax, format)
        if fallback.utf8CodeUnitCount > 0 { writer.appendField("fallback", fallback, format) }
        writer.appendField("upstream", upstream, format)
        writer.appendField("fault", faultSide.name, format)
        writer.appendField("reason", reason, format)
        writer.appendPlainField("request_id", requestID, format)
        writer.appendPlainField("trace_id", traceID, format)
        writer.appendPlainField("table", table, format)
        writer.endLine(format)
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
