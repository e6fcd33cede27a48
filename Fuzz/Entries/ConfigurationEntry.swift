internal import RouteCompiler
internal import RouteTable
internal import Validate

/// Bytes as a configuration: through the whole compiler, and into the reader of tables. One with mistakes goes as far
/// as `check` follows it.
enum ConfigurationEntry {
    /// The property that does not hold for `bytes`, or `nil`.
    static func violation(_ bytes: [UInt8]) -> String? {
        ConfigurationFuzz.run(bytes)
        let result = MemoryFile.read(bytes)
        guard let configuration = result.configuration else {
            // As `check` does: what is sound of it is looked at further.
            if let part = result.soundPart { _ = RouteCompiler.review(part) }
            return result.diagnostics.isEmpty ? "refused without a diagnostic" : nil
        }
        guard let table = try? RouteCompiler.compile(configuration) else { return nil }
        do {
            // Not trusted: what PCRE2 wrote is not read, so every pattern is compiled once more.
            let loaded = try LoadedTable(checking: table.bytes, isTrusted: false)
            return loaded.routeCount == table.routeCount ? nil : "a compiled table lost a route"
        } catch {
            return "a compiled table is refused: \(error.message)"
        }
    }
}
