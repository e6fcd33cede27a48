import JSON
import RouteTable

extension RouteTestRun {
    /// The results as one line of JSON, without a newline.
    package var json: String {
        var json = JSONText()
        json.object { json in
            json.member("passed", results.count - failedCount)
            json.member("failed", failedCount)
            json.key("tests")
            json.array { json in
                for result in results { Self.write(result, to: &json) }
            }
            json.key("coverage")
            json.object { json in writeCoverage(to: &json) }
        }
        return json.text
    }

    private static func write(_ result: RouteTestResult, to json: inout JSONText) {
        json.object { json in
            json.member("name", result.test.name)
            json.member("file", result.test.place.file)
            json.member("line", result.test.place.line)
            json.member("method", result.test.request.method)
            json.member("url", result.test.request.url)
            json.member("passed", result.isPassed)
            json.member("variants", result.variantCount)
            json.key("failures")
            json.array { json in
                for failure in result.failures {
                    json.object { json in
                        json.member("expectation", failure.key)
                        json.member("line", failure.place.line)
                        json.member("expected", failure.expected)
                        json.member("actual", failure.actual)
                        json.member("hint", failure.hint)
                    }
                }
            }
            json.member("reasons", result.isPassed ? [] : result.reasons)
            json.key("route")
            if let route = result.explanation.route {
                write(name: route.name, route.pattern, route.place, to: &json)
            } else {
                json.null()
            }
            json.member("service", result.explanation.service)
            json.member("status", result.explanation.status)
        }
    }

    private static func write(
        name: String?, _ pattern: String, _ place: Explanation.Place, to json: inout JSONText
    ) {
        json.object { json in
            json.member("name", name)
            json.member("pattern", pattern)
            json.member("file", place.file)
            json.member("line", place.line)
        }
    }

    private func writeCoverage(to json: inout JSONText) {
        json.member("passed", !isCoverageLow)
        json.key("routes")
        json.object { json in
            json.member("count", routes.count)
            json.member("reached", routes.seenCount)
            json.key("percent")
            json.tenths(routes.percentTenths)
            json.key("unreached")
            json.array { json in
                for route in unreachedRoutes {
                    Self.write(name: route.name, route.pattern, route.place, to: &json)
                }
            }
        }
        json.key("outcomes")
        json.object { json in
            json.member("count", outcomes.count)
            json.member("seen", outcomes.seenCount)
            json.key("percent")
            json.tenths(outcomes.percentTenths)
            json.key("unseen")
            json.array { json in
                for outcome in unseenOutcomes {
                    json.object { json in
                        json.member("condition", outcome.condition)
                        json.member("holds", outcome.holds)
                        json.key("route")
                        let route = outcome.route
                        Self.write(name: route.name, route.pattern, route.place, to: &json)
                    }
                }
            }
        }
    }
}
