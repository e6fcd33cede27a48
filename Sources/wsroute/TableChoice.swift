import Arguments
import RouteTable

/// The table that `--config` or `--routes` names.
enum TableChoice {
    /// - Throws: A usage error unless exactly one is given; a failure if there is no table.
    static func table(of arguments: ParsedArguments) throws -> LoadedTable {
        switch (arguments.value("config"), arguments.value("routes")) {
        case (nil, let path?): return try TableFile.open(path)
        case (let path?, nil): return try LoadedConfiguration(path: path).loadedTable()
        case (nil, nil): throw arguments.misuse("--config or --routes is missing")
        case (_?, _?): throw arguments.misuse("--config and --routes exclude each other")
        }
    }
}
