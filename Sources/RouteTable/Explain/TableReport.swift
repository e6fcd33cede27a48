import TableFormat

/// What `verify` says about a table.
package struct TableReport {
    /// Some lines for the user. The last ends with a newline.
    package let text: String
    /// Whether every section has the SHA-256 that the digest was made of. All else was checked by
    /// loading.
    package let isGenuine: Bool

    /// - Parameter isSignatureChecked: A key was given, and the signature is that key's.
    /// - Complexity: O(*n*) for *n* bytes of the table.
    package init(of table: borrowing LoadedTable, isSignatureChecked: Bool = false) {
        isGenuine = table.hasGenuineContent()
        let cost = table.worstCase
        let rows = [
            ("format", "\(TableHeader.major).\(TableHeader.minor)"),
            ("size", "\(table.byteCount) bytes in \(table.sections.count) sections"),
            ("digest", table.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()),
            (
                "holds",
                "\(table.routeCount) routes, \(table.hostCount) hosts, "
                    + "\(table.recordCount(of: .services)) services, "
                    + "\(table.recordCount(of: .regexes)) regexes"
            ),
            (
                "worst case",
                "\(cost.hostProbes) host probes, \(cost.hostRegexes) host regexes, "
                    + "\(cost.pathProbes) path probes, \(cost.routeChecks) route checks, "
                    + "\(cost.routeRegexes) route regexes, \(cost.automatonSteps) automaton steps"
            ),
            ("precompiled", Self.precompiledText(of: table)),
            ("signature", Self.signatureText(table.signature, isSignatureChecked)),
            (
                "checked",
                "header and directory, CRC32C and SHA-256 of every section, "
                    + "every index and every string, the worst case"
            ),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        text = rows.map { label, value in
            label + String(repeating: " ", count: width - label.count + 2) + value + "\n"
        }.joined()
    }

    private static func signatureText(_ signature: TableSignature?, _ isChecked: Bool) -> String {
        guard let signature else { return "none" }
        return "Ed25519, key \(signature.keyNameText), "
            + (isChecked ? "checked" : "not checked: no key was given")
    }

    private static func precompiledText(of table: borrowing LoadedTable) -> String {
        if table.recordCount(of: .regexes) == 0 { return "no regexes" }
        return table.precompiled == nil
            ? "not used: patterns are compiled from their sources here" : "used"
    }
}
