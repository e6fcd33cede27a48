/// What an access line may say, by the name that forms of one's own use.
enum LogField: String, CaseIterable {
    case time, client, method, host, path
    case requestProtocol = "protocol"
    case closedBy = "closed_by"
    case closeCode = "close_code"
    case status
    case receivedBytes = "bytes_in"
    case sentBytes = "bytes_out"
    case duration = "duration_ms"
    case upstreamDuration = "upstream_ms"
    case route, rule, service, fallback, upstream, fault, reason
    case requestID = "request_id"
    case traceID = "trace_id"
    case table
}
