internal import RouteTable
package import TestSupport

/// What must hold for any bytes that are given out for a table: they are refused, or every lookup ends within what the
/// table states, and its guards can be stepped through.
package struct HostileTable {
    /// Lookups in each table that loads.
    package static let lookupCount = 1_000

    private let requests: [HostileRequest]

    /// - Parameters:
    ///   - table: The table that hostile ones are made of: requests are near its hosts and paths.
    ///   - random: Gives the requests.
    package init(near table: [UInt8], _ random: inout SeededGenerator) {
        let words = HostileRequest.words(in: table)
        requests = (0..<Self.lookupCount).map { _ in HostileRequest(of: words, &random) }
    }

    /// Loads `bytes` and looks up.
    ///
    /// - Returns: Whether they were accepted, and the property that does not hold for them, or nil.
    package func check(_ bytes: [UInt8]) -> (isAccepted: Bool, violation: String?) {
        do {
            let table = try LoadedTable(checking: bytes, isTrusted: false)
            return (true, violation(in: table))
        } catch {
            return (false, error.message.contains("\n") ? "a refusal of two lines" : nil)
        }
    }

    private func violation(in table: borrowing LoadedTable) -> String? {
        var matcher = Matcher(for: table)
        let services = table.services().count
        for request in requests {
            let outcome = request.withView { view in
                let outcome = matcher.match(view, in: table, draw: request.draw)
                return outcome
            }
            let work = matcher.matchWork(in: table)
            guard work.isWithin(table.worstCase) else {
                return "a match took \(work) where the table states \(table.worstCase)"
            }
            switch outcome {
            case .forward(let route, let service):
                guard Int(service.rawValue) < services else { return "no such service" }
                _ = matcher.rewrite(by: route, in: table)
                if let route { _ = table.name(of: route).byteCount }
            case .redirect(let route):
                request.withView { view in
                    _ = matcher.makeRedirect(by: route, request: view, in: table)
                }
            case .respond(let route): _ = table.response(of: route).body.byteCount
            case .notFound, .refused, .tooExpensive: break
            }
            let violation = GuardWalk.violation(
                outcome, client: request.client, in: table, by: &matcher)
            if let violation { return violation }
        }
        return nil
    }
}
