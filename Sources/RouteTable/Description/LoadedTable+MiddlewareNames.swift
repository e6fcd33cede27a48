import TableFormat

extension LoadedTable {
    /// Names of the middlewares, in the order of their section.
    package func middlewareNames() -> [String] {
        (0..<UInt32(view.count(of: .middlewares))).map { index in
            string(view.record(MiddlewareRecord.self, .middlewares, at: index).name)
        }
    }
}
