internal import RouteTable

/// Bytes as a table: what the proxy does with it, then what `wsroute dump` and `verify` do.
enum TableEntry {
    /// The property that does not hold for `bytes`, or `nil`.
    static func violation(_ bytes: [UInt8]) -> String? {
        TableFuzz.run(bytes)
        return describe(bytes) ?? TableRepair.repair(bytes).flatMap(describe)
    }

    private static func describe(_ bytes: [UInt8]) -> String? {
        do {
            let table = try LoadedTable(checking: bytes, isTrusted: false)
            let dump = TableDump(of: table)
            guard !dump.text.isEmpty, !dump.json.isEmpty, !TableReport(of: table).text.isEmpty
            else {
                return "a table that loads has no description"
            }
            return nil
        } catch {
            return error.message.contains("\n") ? "a refusal of more than one line" : nil
        }
    }
}
