extension Explanation {
    /// Most routes that the text lists; JSON lists all.
    private static let candidatesShownMax = 50

    /// The explanation for a terminal. Ends with a newline.
    package var text: String {
        var rows: [(String, String)] = [
            ("request", "\(request.method) \(request.url) (\(request.requestProtocol.word))"),
            ("client", request.client.text),
            ("listener port", String(request.listenerPort)),
        ]
        if let canonicalHost { rows.append(("host", canonicalHost)) }
        if let canonicalPath { rows.append(("canonical path", canonicalPath)) }
        if let host {
            let port = host.port.map { " on port \($0)" } ?? ""
            rows.append(("host rule", "\(host.pattern)\(port) (\(host.place.text))"))
        }
        if let route {
            let name = route.name.map { "\($0): " } ?? ""
            let priority = route.priority == 0 ? "" : ", priority \(route.priority)"
            rows.append(
                ("route", "\(name)\(route.pattern) (\(route.place.text), \(route.kind)\(priority))")
            )
        }
        rows += outcomeRows
        let width = rows.map(\.0.count).max() ?? 0
        var text = ""
        for (label, value) in rows {
            text += label + String(repeating: " ", count: width - label.count + 2) + value + "\n"
        }
        return TerminalText.safe(text + candidateText)
    }

    private var outcomeRows: [(String, String)] {
        var rows: [(String, String)] = [("verdict", verdict)]
        if let service { rows.append(("service", service)) }
        if !targets.isEmpty {
            let list = targets.map { "\($0.service) (weight \($0.weight))" }.joined(separator: ", ")
            rows.append(("one of", list))
        }
        if let forwardPath { rows.append(("path upstream", forwardPath)) }
        if let location { rows.append(("location", location)) }
        if !params.isEmpty {
            rows.append(("params", params.map { "\($0.name)=\($0.value)" }.joined(separator: " ")))
        }
        if service != nil {
            rows.append(
                ("middlewares", middlewares.isEmpty ? "none" : middlewares.joined(separator: ", ")))
        }
        if let dataPath { rows.append(("data path", dataPath)) }
        if let status { rows.append(("status", String(status))) }
        return rows
    }

    /// The routes that hold or nearly hold come first; the ones cut off are those for other paths.
    private var candidateText: String {
        guard !candidates.isEmpty else { return "" }
        var text = "\nroutes of the host, in order of precedence:\n"
        for candidate in candidates.prefix(Self.candidatesShownMax) {
            let mark = candidate.isMatch ? "+" : "-"
            text +=
                "  \(mark) \(candidate.pattern) (\(candidate.place.text)): \(candidate.reason)\n"
        }
        let restCount = candidates.count - Self.candidatesShownMax
        if restCount > 0 { text += "  … and \(restCount) more; --format json lists all\n" }
        return text
    }
}
