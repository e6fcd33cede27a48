import Arguments
import RouteTable

/// `wsroute explain [METHOD] URL`
enum ExplainCommand {
    static let declaration = Command(
        "explain", summary: "Say what happens with a request, and why.",
        details: """
            Runs the matcher that wsproxy runs. The request is taken to come in on the port of the URL. A
            ws or wss URL stands for a WebSocket upgrade.
            """,
        positionals: [
            .many(
                "[METHOD] URL",
                "The request, such as GET http://example.com/path; GET may be left out.")
        ],
        options: [
            .repeated("header", short: "H", "K: V", "A header of the request."),
            .value("client-ip", "IP", "The address of the client (default: 127.0.0.1)."),
            .value(
                "peer-ip", "IP",
                "The address of the connection, or of its PROXY header; X-Forwarded-For is read."),
            .value("config", "CONFIG", "Explain by this configuration."),
            .value("routes", "FILE", "Explain by this table."),
            .value(
                "format", "text|json", "Form of the output (default: text).",
                choices: ["text", "json"]),
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let request = try request(of: arguments)
        let table = try TableChoice.table(of: arguments)
        let explanation = Explainer.explain(request, in: table)
        try Output.print(
            arguments.value("format") == "json" ? explanation.json + "\n" : explanation.text)
        return .fine
    }

    private static func request(of arguments: ParsedArguments) throws -> DescribedRequest {
        let words = arguments.positionals
        guard words.count <= 2 else {
            throw arguments.misuse("explain takes a method and a URL, not \(words.count) arguments")
        }
        if words.count == 2, !DescribedRequest.isToken(words[0]) {
            throw arguments.misuse("\(words[0]) is not a method")
        }
        let client = try address("client-ip", arguments)
        let peer = try address("peer-ip", arguments)
        if client != nil, peer != nil {
            throw arguments.misuse(
                "--client-ip says who the client is, and --peer-ip has it read: give one of them")
        }
        let headers = try arguments.values("header").map { try header($0, arguments) }
        do throws(DescribedRequestError) {
            return try DescribedRequest(
                method: words.count == 2 ? words[0] : "GET", url: words[words.count - 1],
                headers: headers, client: client ?? ClientAddress(ipv4: 0x7F00_0001), peer: peer)
        } catch {
            throw arguments.misuse("\(words[words.count - 1]): \(error.message)")
        }
    }

    private static func address(
        _ option: String, _ arguments: ParsedArguments
    ) throws(UsageError) -> ClientAddress? {
        guard let text = arguments.value(option) else { return nil }
        guard let address = ClientAddress(text: text) else {
            throw arguments.badValue(
                option, text, expected: "an address such as 10.1.2.3 or 2001:db8::1")
        }
        return address
    }

    private static func header(
        _ text: String, _ arguments: ParsedArguments
    ) throws(UsageError) -> DescribedRequest.Header {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw arguments.badValue("header", text, expected: "a header such as 'X-Env: beta'")
        }
        guard DescribedRequest.isToken(String(text[..<colon])) else {
            throw arguments.badValue(
                "header", text, expected: "a name without spaces before the colon")
        }
        var value = text[colon...].dropFirst()
        while let first = value.first, first == " " || first == "\t" { value.removeFirst() }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        return DescribedRequest.Header(name: String(text[..<colon]), value: String(value))
    }
}
