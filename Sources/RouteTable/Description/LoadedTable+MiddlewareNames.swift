import TableFormat

extension LoadedTable {
    /// Names of the middlewares, in the order of their section.
    package func middlewareNames() -> [String] {
        (0..<UInt32(view.count(of: .middlewares))).map { index in
            string(view.record(MiddlewareRecord.self, .middlewares, at: index).name)
        }
    }

    /// Each middleware with a hash of what it was told, which is the same for the same content in any table.
    func middlewareContents() -> [(name: String, content: UInt64)] {
        (0..<UInt32(view.count(of: .middlewares))).map { index in
            let record = view.record(MiddlewareRecord.self, .middlewares, at: index)
            return (string(record.name), record.contentHash)
        }
    }
}
