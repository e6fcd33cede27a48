import RouteTable

extension RouteTestRun {
    /// Most unreached routes and unseen outcomes that the text lists; JSON lists all.
    private static let listedMax = 20

    /// The results for a terminal. Ends with a newline.
    package var text: String {
        var lines: [String] = []
        for result in results {
            let place = result.test.place.text
            lines.append("\(result.isPassed ? "ok  " : "FAIL")  \(place): \(result.test.name)")
            if !result.isPassed { lines += failureLines(of: result).map { "      " + $0 } }
        }
        let variantCount = results.reduce(0) { $0 + $1.variantCount }
        let variants = variantCount == 0 ? "" : ", with \(variantCount) variants of their URLs"
        lines.append("")
        lines.append(
            "\(results.count) test\(results.count == 1 ? "" : "s")\(variants): "
                + "\(results.count - failedCount) passed, \(failedCount) failed")
        return Self.safe(lines + coverageLines)
    }

    private func failureLines(of result: RouteTestResult) -> [String] {
        let request = result.test.request
        return ["request: \(request.method) \(request.url)"]
            + result.failures.map { failure in
                failure.place == result.test.place
                    ? failure.text : "\(failure.text) — expected at \(failure.place.text)"
            }
            + ["because: \(result.reasons[0])"] + result.reasons.dropFirst().map { "  " + $0 }
    }

    private var coverageLines: [String] {
        var lines = [
            "routes reached: \(routes.seenCount) of \(routes.count) (\(routes.percentText) %)"
        ]
        lines += Self.listed(
            unreachedRoutes.map { route in
                "no test reaches \(route.text) (\(route.place.text))"
            })
        if outcomes.count > 0 {
            lines.append(
                "outcomes of conditions seen: \(outcomes.seenCount) of \(outcomes.count) "
                    + "(\(outcomes.percentText) %)")
            lines += Self.listed(
                unseenOutcomes.map { outcome in
                    "no test where `\(outcome.condition)` \(outcome.holds ? "holds" : "fails"), of "
                        + "\(outcome.route.text) (\(outcome.route.place.text))"
                })
        }
        if let percentMin, isCoverageLow {
            lines.append(
                "FAIL  the coverage of routes is \(routes.percentText) %, below \(percentMin) %")
        }
        return lines
    }

    private static func listed(_ lines: [String]) -> [String] {
        let restCount = lines.count - listedMax
        return lines.prefix(listedMax).map { "  " + $0 }
            + (restCount > 0 ? ["  … and \(restCount) more; --format json lists all"] : [])
    }

    /// The lines without control characters, which a request or a name may hold.
    private static func safe(_ lines: [String]) -> String {
        lines.map { line in
            var shown = String.UnicodeScalarView()
            for scalar in line.unicodeScalars {
                let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                shown.append(isControl ? "\u{FFFD}" : scalar)
            }
            return String(shown) + "\n"
        }.joined()
    }
}
