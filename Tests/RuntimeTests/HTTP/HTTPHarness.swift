import RouteTable
import Runtime

/// The bytes of a span as text. Bytes that are no UTF-8 become replacement characters.
func text(_ bytes: RawSpan) -> String {
    String(decoding: array(bytes), as: UTF8.self)
}

/// A copy of the bytes of a span.
func array(_ bytes: RawSpan) -> [UInt8] {
    // SAFETY: the bytes are copied while the span lives.
    unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// The bytes of a range as text.
func text(_ range: ByteRange, of bytes: [UInt8]) -> String {
    String(decoding: bytes[range.indices], as: UTF8.self)
}

/// A field line as text.
struct FieldText: Equatable, CustomStringConvertible {
    var name: String
    var value: String
    var isNominated = false

    var description: String { "\(name): \(value)" }
}

/// What became of a request head, and its fields if it was complete.
struct ParsedRequest: Equatable {
    var outcome: RequestHeadParser.Outcome
    var fields: [FieldText] = []

    var head: RequestHead? {
        if case .complete(let head) = outcome { head } else { nil }
    }

    var fault: HeadFault? {
        switch outcome {
        case .refused(let fault), .unserved(_, let fault): fault
        case .incomplete, .complete: nil
        }
    }
}

/// What became of a response head, and its fields if it was complete.
struct ParsedResponse: Equatable {
    var outcome: ResponseHeadParser.Outcome
    var fields: [FieldText] = []

    var head: ResponseHead? {
        if case .complete(let head) = outcome { head } else { nil }
    }

    var fault: HeadFault? {
        if case .invalid(let fault) = outcome { fault } else { nil }
    }
}

private func texts(_ fields: borrowing HeaderFields, of bytes: [UInt8]) -> [FieldText] {
    var texts: [FieldText] = []
    for index in 0..<fields.count {
        texts.append(
            FieldText(
                name: text(fields[index].name, of: bytes),
                value: text(fields[index].value, of: bytes),
                isNominated: fields.isNominated(at: index)))
    }
    return texts
}

/// Parses a request whose bytes come in pieces that end at `cuts` and at the end.
func parseRequest(
    _ bytes: [UInt8], cuts: [Int] = [], limits: HeadLimits = HeadLimits(), fieldCountMax: Int = 128
) -> ParsedRequest {
    var fields = HeaderFields(capacity: fieldCountMax)
    var resume = 0
    let span = bytes.span
    // SAFETY: the view is of bytes and is used while the array lives.
    let raw = unsafe span.bytes
    for cut in cuts {
        let outcome = RequestHeadParser.parse(
            raw.extracting(first: cut), limits: limits, fields: &fields, resume: &resume)
        if outcome != .incomplete { return ParsedRequest(outcome: outcome) }
    }
    let outcome = RequestHeadParser.parse(raw, limits: limits, fields: &fields, resume: &resume)
    guard case .complete = outcome else { return ParsedRequest(outcome: outcome) }
    return ParsedRequest(outcome: outcome, fields: texts(fields, of: bytes))
}

func parseRequest(_ text: String, limits: HeadLimits = HeadLimits()) -> ParsedRequest {
    parseRequest(Array(text.utf8), limits: limits)
}

/// Parses a response whose bytes come in pieces that end at `cuts` and at the end.
func parseResponse(
    _ bytes: [UInt8], method: Method = .get, cuts: [Int] = [], limits: HeadLimits = HeadLimits()
) -> ParsedResponse {
    var fields = HeaderFields()
    var resume = 0
    let span = bytes.span
    // SAFETY: the view is of bytes and is used while the array lives.
    let raw = unsafe span.bytes
    for cut in cuts {
        let outcome = ResponseHeadParser.parse(
            raw.extracting(first: cut), method: method, limits: limits, fields: &fields,
            resume: &resume)
        if outcome != .incomplete { return ParsedResponse(outcome: outcome) }
    }
    let outcome = ResponseHeadParser.parse(
        raw, method: method, limits: limits, fields: &fields, resume: &resume)
    guard case .complete = outcome else { return ParsedResponse(outcome: outcome) }
    return ParsedResponse(outcome: outcome, fields: texts(fields, of: bytes))
}

func parseResponse(_ text: String, method: Method = .get) -> ParsedResponse {
    parseResponse(Array(text.utf8), method: method)
}

/// What the proxy knows of the client when it rewrites a request in a test.
struct Forwarding {
    var target = "/"
    var clientAddress = "192.0.2.7"
    var hostOverride = ""
    var requestID = "made-here"
    var traceParent = ""
    var additionalFields = ""
    var scheme = ForwardContext.Scheme.http
    var options: ForwardContext.Options = [.answersContinue]
    var capacity = 64 * 1024
}

/// Parses a request, which must be complete, and rewrites it for the upstream.
///
/// - Parameter dropped: Name of a field that a guard takes away.
func rewriteRequest(
    _ request: String, _ forwarding: Forwarding = Forwarding(), dropping dropped: String? = nil
) -> String? {
    let bytes = Array(request.utf8)
    var fields = HeaderFields()
    var resume = 0
    let span = bytes.span
    // SAFETY: here and below, the views are of bytes and are used while the arrays live.
    let raw = unsafe span.bytes
    let outcome = RequestHeadParser.parse(
        raw, limits: HeadLimits(), fields: &fields, resume: &resume)
    guard case .complete(let head) = outcome else { return nil }
    for index in 0..<fields.count
    where dropped == String(decoding: bytes[fields[index].name.indices], as: UTF8.self) {
        fields.drop(at: index)
    }
    let target = Array(forwarding.target.utf8)
    let address = Array(forwarding.clientAddress.utf8)
    let host = Array(forwarding.hostOverride.utf8)
    let requestID = Array(forwarding.requestID.utf8)
    let additional = Array(forwarding.additionalFields.utf8)
    let trace = Array(forwarding.traceParent.utf8)
    let context = unsafe ForwardContext(
        clientAddress: address.span.bytes, hostOverride: host.span.bytes,
        requestID: requestID.span.bytes, traceParent: trace.span.bytes,
        additionalFields: additional.span.bytes,
        scheme: forwarding.scheme, options: forwarding.options)
    var writer = ByteWriter(capacity: forwarding.capacity)
    unsafe RequestWriter.write(
        head, fields: fields, bytes: raw, target: target.span.bytes, context: context,
        into: &writer)
    return writer.isOverflowed ? nil : text(writer.written)
}

/// A response as the client gets it.
struct RewrittenResponse: Equatable {
    var text: String
    var plan: ResponseWriter.Plan
}

/// Parses a response, which must be complete, and rewrites it for the client.
func rewriteResponse(
    _ response: String, to terms: ClientTerms, adding additional: String = ""
) -> RewrittenResponse? {
    let bytes = Array(response.utf8)
    var fields = HeaderFields()
    var resume = 0
    let span = bytes.span
    // SAFETY: the views are of bytes and are used while the arrays live.
    let raw = unsafe span.bytes
    let outcome = ResponseHeadParser.parse(
        raw, method: terms.method, limits: HeadLimits(), fields: &fields, resume: &resume)
    guard case .complete(let head) = outcome else { return nil }
    let additionalBytes = Array(additional.utf8)
    var writer = ByteWriter(capacity: 64 * 1024)
    let plan = unsafe ResponseWriter.write(
        head, fields: fields, bytes: raw, terms: terms,
        additionalFields: additionalBytes.span.bytes, into: &writer)
    return RewrittenResponse(text: text(writer.written), plan: plan)
}
