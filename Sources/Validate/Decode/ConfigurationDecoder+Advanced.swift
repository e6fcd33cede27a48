import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    private static let bufferByteRange: ClosedRange<UInt64> = 512...(16 << 20)

    /// Decodes the settings. What is unknown of them is taken to allow more, so that nothing false is said.
    mutating func decodeAdvanced(in sections: [Fields]) {
        let errorCount = sink.errorCount
        let node = single("advanced", in: sections)
        if let node { decodeAdvanced(node) }
        let isUnknown =
            sink.errorCount > errorCount || gaps.touches(node)
            || gaps.mayLack("advanced", in: sections)
        guard isUnknown else { return }
        observations.lacksSettings = true
        settings.encodedSlash = .keep
        settings.deniesHiddenFiles = false
    }

    private mutating func decodeAdvanced(_ node: Node) {
        guard let fields = fields(of: node, in: .advanced) else { return }
        if let node = fields["port"], let port = port(node, "port") {
            settings.port = port
            observations.advancedPort = fields.keyRange("port")
        }
        if let node = fields["workers"] { settings.workers = workers(node) }
        if let node = fields["timeout"] { decodeTimeout(node) }
        if let node = fields["security"] { decodeSecurity(node) }
        if let node = fields["path"] { decodePath(node) }
        if let node = fields["buffer_size"] { decodeBufferSize(node) }
        if let node = fields["connection_pool"] { decodeConnectionPool(node) }
        if let node = fields["limits"] { decodeLimits(node) }
        if let node = fields["concurrency"] {
            decodeConcurrency(node, fields.keyRange("concurrency"))
        }
    }

    /// A TCP port.
    mutating func port(_ node: Node, _ key: String) -> UInt16? {
        integer(node, key, 1...65535).map { UInt16($0) }
    }

    private mutating func workers(_ node: Node) -> Int? {
        if case .scalar(let scalar) = node.kind, scalar.text == "auto" { return nil }
        if case .scalar(let scalar) = node.kind, !scalar.isNumber, !scalar.isUnresolved {
            wrongType(
                node, "`workers` must be `auto` or a number",
                suggestion: NumberAdvice.plain(scalar.text))
            return nil
        }
        return integer(node, "workers", 1...1024)
    }

    private mutating func decodeTimeout(_ node: Node) {
        guard let fields = fields(of: node, in: .timeout) else { return }
        settings.readTimeoutMilliseconds = duration("read_timeout", of: fields)
        settings.writeTimeoutMilliseconds = duration("write_timeout", of: fields)
        settings.dialTimeoutMilliseconds = duration("dial_timeout", of: fields)
        settings.headerTimeoutMilliseconds = duration("header_timeout", of: fields)
        settings.idleTimeoutMilliseconds = duration("idle_timeout", of: fields)
    }

    private mutating func decodeSecurity(_ node: Node) {
        guard let fields = fields(of: node, in: .security) else { return }
        settings.deniesHiddenFiles = flag("deny_hidden_files", of: fields) ?? false
        if let node = fields["trusted_proxies"] {
            settings.trustedProxies = addressRanges(node, "trusted_proxies")
        }
        if let node = fields["max_header_bytes"] {
            settings.headerBytesMax = size(node, "max_header_bytes", 1024...(1 << 20)).map {
                UInt32($0)
            }
        }
        if let node = fields["max_body_bytes"] {
            settings.bodyBytesMax = size(node, "max_body_bytes", 1...(1 << 50))
        }
        if let node = fields["max_url_bytes"] {
            settings.urlBytesMax = size(node, "max_url_bytes", 64...(1 << 16)).map { UInt32($0) }
        }
    }

    private mutating func decodePath(_ node: Node) {
        guard let fields = fields(of: node, in: .path) else { return }
        settings.mergesSlashes = flag("merge_slashes", of: fields) ?? false
        if let node = fields["encoded_slash"] {
            let choices: KeyValuePairs<String, Settings.EncodedSlash> = [
                "refuse": .refuse, "keep": .keep,
            ]
            settings.encodedSlash = word(node, "encoded_slash", choices) ?? .refuse
        }
    }

    private mutating func decodeBufferSize(_ node: Node) {
        guard let fields = fields(of: node, in: .bufferSize) else { return }
        let range = Self.bufferByteRange
        if let node = fields["read_buffer"] {
            settings.readBufferBytes = size(node, "read_buffer", range).map { UInt32($0) }
        }
        if let node = fields["write_buffer"] {
            settings.writeBufferBytes = size(node, "write_buffer", range).map { UInt32($0) }
        }
    }

    private mutating func decodeConnectionPool(_ node: Node) {
        guard let fields = fields(of: node, in: .connectionPool) else { return }
        settings.idleConnectionsMax = count("max_idle_connections", of: fields, from: 0)
        settings.activeConnectionsMax = count("max_active_connections", of: fields)
        settings.poolIdleTimeoutMilliseconds = duration("idle_timeout", of: fields)
    }

    private mutating func decodeLimits(_ node: Node) {
        guard let fields = fields(of: node, in: .limits) else { return }
        settings.connectionsMax = count("max_connections", of: fields)
        settings.connectionsPerClientMax = count("max_connections_per_client", of: fields)
    }

    private mutating func decodeConcurrency(_ node: Node, _ range: SourceRange?) {
        guard let fields = fields(of: node, in: .concurrency) else { return }
        _ = count("max_goroutines", of: fields)
        if let node = fields["goroutine_stack_size"] {
            _ = size(node, "goroutine_stack_size", 0...(1 << 40))
        }
        observations.concurrency = range ?? node.range
    }

    // MARK: Values by key

    /// A duration in milliseconds, if the key is given.
    mutating func duration(_ key: String, of fields: Fields) -> UInt32? {
        guard let node = fields[key] else { return nil }
        return duration(node, key)
    }

    /// A boolean, if the key is given.
    mutating func flag(_ key: String, of fields: Fields) -> Bool? {
        guard let node = fields[key] else { return nil }
        return boolean(node, key)
    }

    /// A number of things, if the key is given.
    mutating func count(_ key: String, of fields: Fields, from minimum: Int = 1) -> UInt32? {
        guard let node = fields[key] else { return nil }
        return integer(node, key, minimum...Self.countMax).map { UInt32($0) }
    }

    /// Text, if the key is given.
    mutating func text(_ key: String, of fields: Fields) -> String? {
        guard let node = fields[key] else { return nil }
        return text(node, key)
    }

    /// A list of texts, empty if the key is not given.
    mutating func texts(_ key: String, of fields: Fields) -> [String] {
        guard let node = fields[key] else { return [] }
        return texts(node, key)
    }

    /// A list of addresses and ranges.
    mutating func addressRanges(_ node: Node, _ key: String) -> [AddressRange] {
        (list(node, key) ?? []).compactMap { addressRange($0, key) }
    }

    private mutating func addressRange(_ node: Node, _ key: String) -> AddressRange? {
        guard let text = text(node, key) else { return nil }
        guard let (range, hasIgnoredBits) = AddressText.range(text) else {
            sink.error(
                .invalidAddress, at: node.range, "`\(text)` is not an IP address or range",
                suggestion: "write an address such as `10.1.2.3`, or a range such as `10.0.0.0/8`")
            return nil
        }
        if hasIgnoredBits {
            sink.warning(
                .ignoredAddressBits, at: node.range,
                "the bits of `\(text)` behind the prefix do not count",
                suggestion: "write `\(range.text)`")
        }
        return range
    }
}
