import Arguments

/// The configuration of `run --upstream`: everything goes to one backend.
struct SimpleConfiguration {
    /// The configuration as a user would write it.
    let yaml: String

    /// - Parameter listen: What `--listen` said: `PORT` or `ADDR:PORT`, any number of them.
    init(upstream: String, listen: [String], _ arguments: ParsedArguments) throws(UsageError) {
        var lines = ["listeners:"]
        for text in listen.isEmpty ? ["8080"] : listen {
            let address = text.lastIndex(of: ":").map { String(text[..<$0]) }
            let portText = address.map { text.dropFirst($0.count + 1) } ?? text[...]
            guard let port = UInt16(portText), port > 0, address != "" else {
                throw arguments.badValue("listen", text, expected: "PORT or ADDR:PORT")
            }
            let bare = address.map { $0.hasPrefix("[") ? String($0.dropFirst().dropLast()) : $0 }
            let place = bare.map { "address: \(Self.quoted($0)), " } ?? ""
            lines.append("  - {\(place)port: \(port)}")
        }
        lines += [
            "services:",
            "  upstream: {url: \(Self.quoted(upstream))}",
            "route_rules:",
            "  - {pattern: \"/*\", target: upstream}",
        ]
        yaml = lines.joined(separator: "\n") + "\n"
    }

    /// A single-quoted YAML scalar, in which nothing but the quote is special. `${` is not
    /// expanded.
    private static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { character -> [Character] in
            switch character {
            case "'": ["'", "'"]
            case "$": ["$", "$"]
            default: [character]
            }
        }
        return "'" + String(escaped) + "'"
    }
}
