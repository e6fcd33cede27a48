import TableFormat

extension Explanation {
    /// Most routes that the text lists; JSON lists all.
    private static let candidatesShownMax = 50

    /// The explanation for a terminal. Ends with a newline.
    package var text: String {
        var rows: [(String, String)] = [
            ("request", "\(request.method) \(request.url) (\(request.requestProtocol.word))"),
            ("client", request.client.text + (clientNote.map { " (\($0))" } ?? "")),
            ("listener port", String(request.listenerPort)),
        ]
        if let canonicalHost { rows.append(("host", canonicalHost)) }
        rows += hostSteps.map { ("", "\($0.change): \($0.result)") }
        if let canonicalPath { rows.append(("canonical path", canonicalPath)) }
        rows += pathSteps.map { ("", "\($0.change): \($0.result)") }
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
        return TerminalText.safe(text + hostText + candidateText)
    }

    private var outcomeRows: [(String, String)] {
        var rows: [(String, String)] = [("verdict", verdict)]
        if let refusedPath {
            rows.append(
                (
                    "",
                    "at byte \(refusedPath.offset), \"\(refusedPath.text)\": \(refusedPath.rule)"
                ))
        }
        if let refusedHandshake { rows.append(("", refusedHandshake.rule)) }
        if let service { rows.append(("service", service)) }
        if !targets.isEmpty {
            let list = targets.map { "\($0.service) (weight \($0.weight))" }.joined(separator: ", ")
            rows.append(("one of", list))
        }
        if let fallback { rows.append(("fallback", fallback.text)) }
        rows += rewriteSteps.enumerated().map { index, step in
            (index == 0 ? "rewrite" : "", "\(step.change): \(step.result)")
        }
        if let forwardPath { rows.append(("path upstream", upstreamPath ?? "…\(forwardPath)")) }
        if let location { rows.append(("location", location)) }
        if !params.isEmpty {
            rows.append(("params", params.map { "\($0.name)=\($0.value)" }.joined(separator: " ")))
        }
        if service != nil {
            rows.append(
                ("middlewares", middlewares.isEmpty ? "none" : middlewares.joined(separator: ", ")))
        }
        rows += guards.map { ("", "\($0.name) (\($0.type)): \($0.text)") }
        if let dataPath { rows.append(("data path", dataPath)) }
        if let status { rows.append(("status", String(status))) }
        if isListingAtOdds {
            rows.append(
                (
                    "warning",
                    "the index of this table finds another rule than its patterns say; "
                        + "wsroute verify --config compares it with its configuration"
                ))
        }
        if let work {
            rows.append(("work", text(of: work.taken, worst: work.worst)))
        }
        return rows
    }

    /// What was taken beside the most that any request can take.
    private func text(of work: MatchWork, worst: WorstCase) -> String {
        let counts: [(String, UInt32, UInt32)] = [
            ("host probes", work.hostProbes, worst.hostProbes),
            ("host regexes", work.hostRegexes, worst.hostRegexes),
            ("path probes", work.pathProbes, worst.pathProbes),
            ("routes", work.routeChecks, worst.routeChecks),
            ("regexes", work.routeRegexes, worst.routeRegexes),
            ("automaton steps", work.automatonSteps, worst.automatonSteps),
        ]
        let parts = counts.filter { $0.2 > 0 }.map { "\($0.1) of \($0.2) \($0.0)" }
        let steps = "\(work.regexSteps) of \(regexStepsMax) steps of regexes"
        return (parts + [steps]).joined(separator: ", ")
    }

    /// Only where there was something to decide.
    private var hostText: String {
        guard hostCandidates.count > 1 || (host == nil && !hostCandidates.isEmpty) else {
            return ""
        }
        var text = "\nhost rules for the name, in order of precedence:\n"
        for candidate in hostCandidates.prefix(Self.candidatesShownMax) {
            let mark = candidate.isMatch ? "+" : "-"
            let port = candidate.port.map { " on port \($0)" } ?? ""
            text += "  \(mark) \(candidate.pattern)\(port) (\(candidate.place.text)): "
            text += candidate.reason + "\n"
        }
        return text
    }

    /// All routes, or those whose pattern takes the path if there are too many.
    private var candidateText: String {
        guard !candidates.isEmpty else { return "" }
        var text = "\nroutes of the host, in order of precedence:\n"
        let isLong = candidates.count > Self.candidatesShownMax
        let near = isLong ? candidates.filter { !$0.isForOtherPath } : candidates
        let shown = near.prefix(Self.candidatesShownMax)
        for candidate in shown {
            let mark = candidate.isMatch ? "+" : "-"
            text += "  \(mark) \(candidate.pattern) (\(candidate.place.text)): \(candidate.reason)"
            if let steps = candidate.regexSteps {
                let taken = steps.taken.map(String.init) ?? "more than the limit"
                text += steps.isWalked ? " [walked]" : " [\(taken) of \(steps.limit) steps]"
            }
            text += "\n"
        }
        let restCount = candidates.count - shown.count
        if restCount > 0 { text += "  … and \(restCount) more; --format json lists all\n" }
        return text
    }
}
