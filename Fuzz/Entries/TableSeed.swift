internal import RouteCompiler
internal import Validate

/// Tables to begin with. They are compiled when they are needed: kept as files they would go stale with
/// each change of the format.
package enum TableSeed {
    /// The table of a configuration.
    ///
    /// - Returns: `nil` if it is not valid as the only file, in an empty environment.
    package static func table(compiledFrom configuration: [UInt8]) -> [UInt8]? {
        guard let configuration = MemoryFile.read(configuration).configuration else { return nil }
        return try? RouteCompiler.compile(configuration).bytes
    }
}
