package import RouteTable

/// What became of one test.
package struct RouteTestResult: Sendable {
    /// One expectation that was not met.
    package struct Failure: Equatable, Sendable {
        /// The key of the expectation: `service`; `variant` for another spelling of the URL.
        package var key: String
        package var expected: String
        package var actual: String
        /// Where the expectation is written.
        package var place: RouteTest.Place
        /// What may have been meant.
        package var hint: String?

        /// `service: expected chat, got web`
        package var text: String {
            "\(key): expected \(expected), got \(actual)" + (hint.map { " (\($0))" } ?? "")
        }
    }

    package var test: RouteTest
    /// What happens with the request. It lists candidates only where the test failed.
    package var explanation: Explanation
    package var failures: [Failure]
    /// Other spellings of the URL that were tried.
    package var variantCount: Int

    package var isPassed: Bool { failures.isEmpty }

    /// Why the request went where it went: the verdict, then the candidates that say something about
    /// it, best first. Those are the ones whose pattern and conditions hold, the one that was expected,
    /// and those that a condition turned away.
    package var reasons: [String] {
        let place = explanation.route.map { " by \($0.pattern) (\($0.place.text))" } ?? ""
        var lines = [explanation.verdict + place]
        if let host = explanation.host {
            lines[0] += ", host rule \(host.pattern) (\(host.place.text))"
        }
        var restCount = 0
        for candidate in explanation.candidates {
            guard candidate.isMatch || isExpected(candidate) || !candidate.isForOtherPath else {
                continue
            }
            if lines.count > Self.reasonsMax {
                restCount += 1
                continue
            }
            let name = candidate.name.map { "\($0): " } ?? ""
            lines.append(
                "\(name)\(candidate.pattern) (\(candidate.place.text)): \(candidate.reason)")
        }
        if restCount > 0 { lines.append("and \(restCount) more; see `wsroute explain`") }
        return lines
    }

    private static let reasonsMax = 10

    private func isExpected(_ candidate: Explanation.Candidate) -> Bool {
        test.expectations.contains { expectation in
            guard case .route(let wanted) = expectation.demand else { return false }
            return candidate.name == wanted || candidate.pattern == wanted
        }
    }
}
