import RouteTable

extension RouteTestRun {
    /// The results as JUnit XML: a suite for each file, and one for the coverage if that is demanded.
    package var junit: String {
        var suites = ""
        for file in fileNames {
            let own = results.filter { $0.test.place.file == file }
            suites += Self.suite(
                file, failedCount: own.count { !$0.isPassed }, own.map { Self.testCase($0) })
        }
        if let percentMin {
            let text = "the coverage of routes is \(routes.percentText) %, below \(percentMin) %"
            let missing = unreachedRoutes.map { "\($0.text) (\($0.place.text))" }
            suites += Self.suite(
                "coverage", failedCount: isCoverageLow ? 1 : 0,
                [
                    "    <testcase classname=\"coverage\" name=\"routes reached\">\n"
                        + (isCoverageLow ? Self.failure(text, missing) : "")
                        + "    </testcase>\n"
                ])
        }
        let count = results.count + (percentMin == nil ? 0 : 1)
        let failures = failedCount + (isCoverageLow ? 1 : 0)
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuites name=\"wsroute test\" tests=\"\(count)\" failures=\"\(failures)\">\n"
            + suites + "</testsuites>\n"
    }

    /// In the order of their first tests.
    private var fileNames: [String] {
        var names: [String] = []
        for result in results where !names.contains(result.test.place.file) {
            names.append(result.test.place.file)
        }
        return names
    }

    private static func suite(_ name: String, failedCount: Int, _ cases: [String]) -> String {
        "  <testsuite name=\"\(escaped(name))\" tests=\"\(cases.count)\" "
            + "failures=\"\(failedCount)\" errors=\"0\" skipped=\"0\">\n"
            + cases.joined() + "  </testsuite>\n"
    }

    private static func testCase(_ result: RouteTestResult) -> String {
        let test = result.test
        let head =
            "    <testcase classname=\"\(escaped(test.place.file))\" "
            + "name=\"\(escaped(test.name))\" "
            + "file=\"\(escaped(test.place.file))\" line=\"\(test.place.line)\""
        if result.isPassed { return head + "/>\n" }
        let lines =
            ["\(test.request.method) \(test.request.url)"]
            + result.failures.map { "\($0.place.text): \($0.text)" } + result.reasons
        return head + ">\n"
            + failure(result.failures.map(\.text).joined(separator: "; "), lines)
            + "    </testcase>\n"
    }

    private static func failure(_ message: String, _ lines: [String]) -> String {
        "      <failure message=\"\(escaped(message))\">"
            + escaped(lines.joined(separator: "\n")) + "</failure>\n"
    }

    /// Text for an attribute in double quotes or for an element. What XML 1.0 cannot hold is replaced.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "\n"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
