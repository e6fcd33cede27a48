package import RouteTable

/// A test file with one request for each route.
package struct GeneratedTests: Sendable {
    /// The file. Ends with a newline.
    package let text: String
    package let testCount: Int
    /// What is said of each route that has no test.
    package let missing: [String]

    /// Every request is one that the matcher gives to its route.
    ///
    /// - Parameter origin: What the file is said to be made from.
    package init(from table: borrowing LoadedTable, origin: String) {
        var text =
            "# One request for each route of \(Self.comment(origin)), as the matcher takes it.\n"
        var testCount = 0
        var missing: [String] = []
        var tests = ""
        for (rule, witness) in WitnessList.all(of: table) {
            let place = rule.place.text
            switch witness {
            case .request(let request):
                let explanation = Explainer.explain(request, in: table, listsCandidates: false)
                tests += Self.test(rule, place, request, explanation)
                testCount += 1
            case .none(let reason):
                missing.append("\(rule.text) (\(place)): \(reason)")
            }
        }
        if !missing.isEmpty { text += "#\n# No request was found for\n" }
        for line in missing { text += "#   \(Self.comment(line))\n" }
        self.text = text + (testCount == 0 ? "tests: []\n" : "tests:\n" + tests)
        self.testCount = testCount
        self.missing = missing
    }

    private static func test(
        _ rule: RouteCoverage.Route, _ place: String, _ request: DescribedRequest,
        _ explanation: Explanation
    ) -> String {
        var fields: [String] = []
        if request.method != "GET" { fields.append("method: \(quoted(request.method))") }
        fields.append("url: \(quoted(request.url))")
        if !request.headers.isEmpty {
            let headers = request.headers.map { "\(quoted($0.name)): \(quoted($0.value))" }
            fields.append("headers: {\(headers.joined(separator: ", "))}")
        }
        if request.client != ClientAddress(ipv4: 0x7F00_0001) {
            fields.append("client_ip: \(quoted(request.client.text))")
        }
        var demands = ["route: \(quoted(rule.name ?? rule.pattern))"]
        let services = explanation.targets.map { quoted($0.service) }
        if !services.isEmpty {
            demands.append("service: [\(services.joined(separator: ", "))]")
        } else if let service = explanation.service {
            demands.append("service: \(quoted(service))")
        }
        let middlewares = explanation.middlewares.map { quoted($0) }
        demands.append("middlewares: [\(middlewares.joined(separator: ", "))]")
        if let path = explanation.forwardPath { demands.append("path: \(quoted(path))") }
        if let status = explanation.status { demands.append("status: \(status)") }
        if let location = explanation.location { demands.append("redirect: \(quoted(location))") }
        return "  # \(comment(place))\n  - name: \(quoted(rule.text))\n"
            + "    request: {\(fields.joined(separator: ", "))}\n"
            + "    expect: {\(demands.joined(separator: ", "))}\n"
    }

    /// A scalar in double quotes. `$` is doubled before a brace, which would name a variable.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "{" where previous == "$": result += "${"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count == 1 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result + "\""
    }

    /// Text that stays on its line.
    private static func comment(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let isBreak = scalar.value == 0x2028 || scalar.value == 0x2029
            result.unicodeScalars.append(isControl || isBreak ? "\u{FFFD}" : scalar)
        }
        return result
    }
}
