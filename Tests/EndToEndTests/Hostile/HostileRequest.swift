/// A request that somebody may send so that two programs read it in two ways, and what must become of it.
///
/// Text stands for bytes: each character below 0x100 is the byte of its number, so that `\u{FF}` is 0xFF. `%N`
/// in the request is the number of the case.
struct HostileRequest: Sendable {
    enum Verdict: Sendable {
        /// One answer with this status and the end of the connection. Nothing reaches the upstream.
        case refused(Int)
        /// The upstream gets exactly this, and the next request is served as one of its own.
        case forwarded(String)
        /// The same, but the connection ends with it.
        case forwardedLast(String)
        /// Answered by the proxy with this status; the connection lives on, and nothing reaches the upstream.
        case answered(Int)
    }

    let category: String
    let name: String
    let request: String
    let verdict: Verdict

    /// A request with these field lines and this content behind them.
    init(
        _ category: String, _ name: String, line: String = "POST / HTTP/1.1",
        host: String = "Host: a\r\n", _ fields: String, body: String = "", _ verdict: Verdict
    ) {
        self.category = category
        self.name = name
        request = "\(line)\r\n\(host)X-Case: %N\r\n\(fields)\r\n\(body)"
        self.verdict = verdict
    }

    /// A request without further fields.
    init(
        _ category: String, _ name: String, line: String, host: String = "Host: a\r\n",
        _ verdict: Verdict
    ) {
        self.init(category, name, line: line, host: host, "", verdict)
    }

    /// A request as it is, which must name its case by itself.
    init(_ category: String, _ name: String, raw: String, _ verdict: Verdict) {
        self.category = category
        self.name = name
        request = raw
        self.verdict = verdict
    }

    /// The head that the proxy writes, and the content behind it.
    static func sent(
        _ line: String = "POST / HTTP/1.1", host: String = "a", framing: String = "",
        fields: String = "", body: String = ""
    ) -> String {
        "\(line)\r\nHost: \(host)\r\n\(framing)X-Case: %N\r\n\(fields)"
            + "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n"
            + "X-Forwarded-Host: \(host)\r\n"
            + "Forwarded: for=127.0.0.1;proto=http;host=\"\(host)\"\r\n"
            + "Via: 1.1 wsproxy\r\nX-Request-Id: *\r\n\r\n\(body)"
    }

    /// What the upstream gets of a content of five bytes with a length.
    static func sentHello(_ fields: String = "") -> String {
        sent(framing: "Content-Length: 5\r\n", fields: fields, body: "hello")
    }

    /// What the upstream gets of the same in chunks.
    static func sentChunks(_ chunks: String = "5\r\nhello\r\n0\r\n\r\n", fields: String = "")
        -> String
    {
        sent(framing: "Transfer-Encoding: chunked\r\n", fields: fields, body: chunks)
    }

    /// What the upstream gets of a request without content.
    static func sentGet(_ target: String = "/", host: String = "a", fields: String = "") -> String {
        sent("GET \(target) HTTP/1.1", host: host, fields: fields)
    }

    /// What the text stands for, for the case of that number.
    static func bytes(_ text: String, number: Int) -> [UInt8] {
        text.replacing("%N", with: "\(number)").unicodeScalars.flatMap { scalar in
            scalar.value < 0x100 ? [UInt8(scalar.value)] : Array(String(scalar).utf8)
        }
    }

    static let all: [HostileRequest] =
        contentLengths + transferCodings + bothFramings + chunks + trailers + lineEnds
        + fieldNames + fieldValues + requestLines + targets + hosts + connectionOptions + upgrades
        + expectations
}
