extension TableVerifier {
    /// What alerts name is there, and their numbers make sense.
    func checkAlerts() throws(TableDamage) {
        for index in 0..<count(.alerts) {
            let alert = view.record(AlertRecord.self, .alerts, at: index)
            try require(
                isText(alert.name) && isTextOrNone(alert.route) && isTextOrNone(alert.webhookPath)
                    && isIndexOrNone(alert.service, .services)
                    && isIndexOrNone(alert.webhookService, .services)
                    && (alert.webhookService == .none) == alert.webhookPath.isNone
                    && alert.file < count(.sourceFiles), .alerts, index)
            try require(isTargetOrNone(alert.webhookPath), .alerts, index)
            try require(
                alert.metric <= 2 && alert.severity <= 1
                    && (1...99).contains(alert.quantilePercent)
                    && (alert.route.isNone || alert.service == .none)
                    && (5_000...3_600_000).contains(alert.windowMilliseconds), .alerts, index)
        }
    }

    /// Written into a request line as it is.
    private func isTargetOrNone(_ path: TextReference) -> Bool {
        if path.isNone { return true }
        // SAFETY: the caller saw that the text lies in its section.
        let bytes = unsafe view.text(path)
        guard unsafe bytes.first == UInt8(ascii: "/") else { return false }
        return unsafe bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
