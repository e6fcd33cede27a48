package import Diagnostics
package import RouteSyntax
import RouteTable

/// Reads test files.
///
///     tests:
///       - name: chat goes to chat
///         request: {method: GET, url: "ws://ws.example.com/ws/room"}
///         expect: {service: chat, route: chat}
package struct RouteTestReader {
    static let fileKeys = ["tests"]
    static let testKeys = ["name", "request", "expect", "variants"]
    static let requestKeys = ["method", "url", "headers", "client_ip", "peer_ip"]
    static let expectKeys = [
        "service", "route", "middlewares", "path", "params", "status", "redirect",
    ]

    /// How places in the results name the file.
    private let fileName: String
    private var values: NodeValues
    private var tests: [RouteTest] = []

    /// Reads one file.
    ///
    /// - Parameter sink: Receives what is wrong, all of it.
    /// - Returns: The tests that could be read. They are worth running only if there are no errors.
    package static func read(
        _ source: SourceText, as file: SourceFile, environment: Environment,
        into sink: inout DiagnosticSink
    ) -> [RouteTest] {
        let tree = SyntaxReader.read(source, as: file, environment: environment, into: &sink)
        guard let tree else { return [] }
        var reader = RouteTestReader(fileName: source.name, values: NodeValues(sink: sink))
        reader.readFile(tree)
        sink = reader.values.sink
        return reader.tests
    }

    private init(fileName: String, values: NodeValues) {
        self.fileName = fileName
        self.values = values
    }

    private mutating func readFile(_ node: Node) {
        guard let fields = values.fields(of: node, in: "a test file", keys: Self.fileKeys),
            let list = values.required("tests", of: fields, in: "a test file"),
            let items = values.list(list, "tests")
        else { return }
        if items.isEmpty { values.error(.emptyValue, list, "`tests` is empty") }
        for item in items { readTest(item) }
    }

    private mutating func readTest(_ node: Node) {
        guard let fields = values.fields(of: node, in: "a test", keys: Self.testKeys) else {
            return
        }
        let requestNode = values.required("request", of: fields, in: "a test")
        let expectNode = values.required("expect", of: fields, in: "a test")
        let request = requestNode.flatMap { readRequest($0) }
        let expectations = expectNode.map { readExpectations($0) } ?? []
        let name = fields["name"].flatMap { values.text($0, "name") }
        let hasVariants = fields["variants"].flatMap { values.boolean($0, "variants") } ?? false
        guard let request else { return }
        tests.append(
            RouteTest(
                name: name ?? "\(request.method) \(request.url)", place: place(of: node),
                request: request, expectations: expectations, hasVariants: hasVariants))
    }

    private mutating func readRequest(_ node: Node) -> DescribedRequest? {
        guard let fields = values.fields(of: node, in: "`request`", keys: Self.requestKeys) else {
            return nil
        }
        var method = "GET"
        if let node = fields["method"], let text = values.text(node, "method") {
            method = text
            if !DescribedRequest.isToken(text) {
                values.error(.invalidMethod, node, "`\(text)` is not an HTTP method")
            } else if text != text.uppercased() {
                values.error(
                    .invalidMethod, node, "methods are case-sensitive",
                    suggestion: "write `\(text.uppercased())`")
            }
        }
        let headers = fields["headers"].map { readHeaders($0) } ?? []
        let client = readAddress("client_ip", of: fields)
        let peer = readAddress("peer_ip", of: fields)
        if client != nil, peer != nil, let node = fields["peer_ip"] {
            values.error(
                .conflictingKeys, node, "`client_ip` says who the client is already",
                suggestion: "with `peer_ip` it is read from X-Forwarded-For: remove one of them")
        }
        guard let node = values.required("url", of: fields, in: "`request`"),
            let url = values.text(node, "url")
        else { return nil }
        do throws(DescribedRequestError) {
            return try DescribedRequest(
                method: method, url: url, headers: headers,
                client: client ?? ClientAddress(ipv4: 0x7F00_0001), peer: peer)
        } catch {
            values.error(.invalidURL, node, error.message)
            return nil
        }
    }

    private mutating func readAddress(_ key: String, of fields: NodeFields) -> ClientAddress? {
        guard let node = fields[key], let text = values.text(node, key) else { return nil }
        if let address = ClientAddress(text: text) { return address }
        values.error(
            .invalidAddress, node, "`\(key)` must be an address, not `\(text)`",
            suggestion: "as in 10.1.2.3 or 2001:db8::1")
        return nil
    }

    /// A map of names to a value or to a list of values.
    private mutating func readHeaders(_ node: Node) -> [DescribedRequest.Header] {
        guard case .mapping(let entries) = node.kind else {
            values.wrongType(node, "`headers` must be a map")
            return []
        }
        var headers: [DescribedRequest.Header] = []
        for entry in entries {
            let name = entry.key.text
            guard DescribedRequest.isToken(name) else {
                values.sink.error(
                    .invalidHeader, at: entry.keyRange, "`\(name)` is not the name of a header")
                continue
            }
            let texts: [String]
            if case .sequence(let items) = entry.value.kind {
                texts = items.compactMap { values.text($0, name, allowsEmpty: true) }
            } else {
                texts = values.text(entry.value, name, allowsEmpty: true).map { [$0] } ?? []
            }
            headers += texts.map { DescribedRequest.Header(name: name, value: $0) }
        }
        return headers
    }

    private mutating func readExpectations(_ node: Node) -> [Expectation] {
        guard let fields = values.fields(of: node, in: "`expect`", keys: Self.expectKeys) else {
            return []
        }
        if case .mapping(let entries) = node.kind, entries.isEmpty {
            values.error(
                .emptyValue, node, "`expect` is empty: the test could not fail",
                suggestion: "expect a service, a route or a status")
        }
        var expectations: [Expectation] = []
        for key in Self.expectKeys {
            guard let value = fields[key] else { continue }
            expectations += readDemands(value, key).map { Expectation($0, at: place(of: value)) }
        }
        return expectations
    }

    private mutating func readDemands(_ node: Node, _ key: String) -> [Expectation.Demand] {
        switch key {
        case "service":
            guard case .sequence(let items) = node.kind else {
                return values.text(node, key).map { [.service([$0])] } ?? []
            }
            if items.isEmpty { values.error(.emptyValue, node, "`service` is empty") }
            return [.service(items.compactMap { values.text($0, key) })]
        case "route": return values.text(node, key).map { [.route($0)] } ?? []
        case "middlewares":
            return [
                .middlewares((values.list(node, key) ?? []).compactMap { values.text($0, key) })
            ]
        case "path": return values.text(node, key).map { [.path($0)] } ?? []
        case "status":
            return values.integer(node, key, 100...599).map { [.status(UInt16($0))] } ?? []
        case "redirect": return values.text(node, key).map { [.redirect($0)] } ?? []
        default: return readParams(node)
        }
    }

    private mutating func readParams(_ node: Node) -> [Expectation.Demand] {
        guard case .mapping(let entries) = node.kind, !entries.isEmpty else {
            values.wrongType(node, "`params` must be a map of names to values")
            return []
        }
        return entries.compactMap { entry in
            values.text(entry.value, entry.key.text, allowsEmpty: true).map {
                .param(name: entry.key.text, value: $0)
            }
        }
    }

    private func place(of node: Node) -> RouteTest.Place {
        RouteTest.Place(file: fileName, line: node.range.start.line)
    }
}
