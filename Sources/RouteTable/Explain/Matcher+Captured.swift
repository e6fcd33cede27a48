import TableFormat

extension Matcher {
    /// What the named parts of the patterns took of the request matched last.
    mutating func captured(
        _ captures: [RouteDescription.Capture], by route: RouteIndex,
        in table: borrowing LoadedTable
    ) -> [(name: String, value: String)] {
        let segments = canonicalPath().string.split(
            separator: "/", omittingEmptySubsequences: false
        ).dropFirst()
        let record = table.view.route(route.rawValue)
        var values: [(name: String, value: String)] = []
        for capture in captures {
            let value: String?
            switch capture.kind {
            case .segment: value = segments.dropFirst(Int(capture.value)).first.map(String.init)
            case .rest: value = segments.dropFirst(Int(capture.value)).joined(separator: "/")
            case .routeGroup where record.kind == RouteKind.regex.rawValue:
                value = group(capture.value, of: record.regex, isHost: false, in: table)
            case .hostGroup:
                let host: HostRecord = table.record(Int(matchedHost), of: .hosts)
                value =
                    host.regex == .none
                    ? nil : group(capture.value, of: host.regex, isHost: true, in: table)
            case .literal, .host, .path, .query, .routeGroup: value = nil
            }
            if let value { values.append((capture.name, value)) }
        }
        return values
    }

    private mutating func group(
        _ number: UInt32, of regex: UInt32, isHost: Bool, in table: borrowing LoadedTable
    ) -> String? {
        regexes.beginRequest(steps: table.requestStepsMax)
        // SAFETY: both buffers are the matcher's own and live as long as it does.
        let subject = unsafe isHost ? host.buffer : path.buffer
        guard unsafe regexes.matchForCaptures(regex, subject, in: table) == .match,
            let range = regexes.group(number, in: subject.count)
        else { return nil }
        // SAFETY: the range lies in the subject.
        return unsafe String(decoding: subject[range], as: UTF8.self)
    }
}
