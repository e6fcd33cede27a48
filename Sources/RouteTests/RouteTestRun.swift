package import RouteTable

/// The results of all tests against one table, and what they covered.
package struct RouteTestRun: Sendable {
    /// How much of something was seen.
    package struct Share: Equatable, Sendable {
        package var seenCount: Int
        package var count: Int

        package init(seenCount: Int, count: Int) {
            self.seenCount = seenCount
            self.count = count
        }

        /// 100 where there is nothing to see.
        package var percent: Double {
            count == 0 ? 100 : Double(seenCount) * 100 / Double(count)
        }

        /// `75.0`; rounded down, so that 100.0 means all.
        package var percentText: String { "\(percentTenths / 10).\(percentTenths % 10)" }

        /// The percentage in tenths, rounded down.
        var percentTenths: Int { count == 0 ? 1000 : seenCount * 1000 / count }
    }

    package private(set) var results: [RouteTestResult] = []
    package let routes: Share
    package let outcomes: Share
    package let unreachedRoutes: [RouteCoverage.Route]
    package let unseenOutcomes: [RouteCoverage.Outcome]
    /// The least coverage of routes that counts as success, in percent.
    package let percentMin: Double?

    package var failedCount: Int { results.count { !$0.isPassed } }

    /// Whether the coverage of routes is below what was demanded.
    package var isCoverageLow: Bool { percentMin.map { routes.percent < $0 } ?? false }

    package var isPassed: Bool { failedCount == 0 && !isCoverageLow }

    /// Asks the matcher about every test.
    ///
    /// - Complexity: O(*n*) for *n* routes of the host for each test that fails; one match and its
    ///   variants for others.
    package init(
        _ tests: [RouteTest], against table: borrowing LoadedTable, percentMin: Double? = nil
    ) {
        let names = TableNames(of: table)
        var coverage = RouteCoverage(of: table)
        for test in tests {
            coverage.record(test.request, in: table)
            results.append(Self.run(test, names, in: table))
        }
        routes = Share(seenCount: coverage.reachedRouteCount, count: coverage.routeCount)
        outcomes = Share(seenCount: coverage.seenOutcomeCount, count: coverage.outcomeCount)
        unreachedRoutes = coverage.unreachedRoutes(in: table)
        unseenOutcomes = coverage.unseenOutcomes(in: table)
        self.percentMin = percentMin
    }

    private static func run(
        _ test: RouteTest, _ names: TableNames, in table: borrowing LoadedTable
    ) -> RouteTestResult {
        let explanation = Explainer.explain(test.request, in: table, listsCandidates: false)
        var result = RouteTestResult(
            test: test, explanation: explanation,
            failures: test.expectations.compactMap { $0.failure(of: explanation, names: names) },
            variantCount: 0)
        if test.hasVariants { tryVariants(&result, in: table) }
        if !result.isPassed { result.explanation = Explainer.explain(test.request, in: table) }
        return result
    }

    /// Every other spelling of an accepted URL goes the same way or is refused.
    private static func tryVariants(
        _ result: inout RouteTestResult, in table: borrowing LoadedTable
    ) {
        let wanted = result.explanation
        // A refused URL has no way that others could go.
        guard wanted.canonicalPath != nil else { return }
        let variants = URLVariant.all(
            of: result.test.request.path, keepsEncodedSlash: table.keepsEncodedSlash)
        result.variantCount = variants.count
        for variant in variants {
            var request = result.test.request
            request.path = variant.path
            let actual = Explainer.explain(request, in: table, listsCandidates: false)
            let isSame =
                actual.routeIndex == wanted.routeIndex && actual.service == wanted.service
                && actual.status == wanted.status && actual.forwardPath == wanted.forwardPath
            if isSame || actual.status == 400 { continue }
            result.failures.append(
                RouteTestResult.Failure(
                    key: "variant \(variant.path)",
                    expected: "\(wanted.wayText), or status 400", actual: actual.wayText,
                    place: result.test.place, hint: variant.what))
        }
    }
}
