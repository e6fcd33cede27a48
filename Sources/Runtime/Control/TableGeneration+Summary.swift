internal import RouteTable

extension TableGeneration {
    /// What this table is, for people: `table=<digest> routes=<n> services=<n>`.
    var summary: String {
        "table=\(table.digestText) routes=\(table.routeCount) services=\(services.count)"
    }

    /// How many workers serve it unless the command line says otherwise.
    func workerCount(coreCount: Int) -> Int {
        settings.workers == 0 ? coreCount : Int(settings.workers)
    }
}
