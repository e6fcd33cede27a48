package import TableFormat

/// A verified table: after loading, no lookup can leave its bytes or loop.
///
/// Owns its memory (a mapping or a copy). Immutable, so all workers may read it at once.
package struct LoadedTable: ~Copyable, Sendable {
    let memory: TableMemory
    let view: TableView
    let seeds: HashSeeds
    let pathRules: PathRules
    let deniesHiddenFiles: Bool
    /// Steps that one request may take in all regexes.
    let requestStepsMax: UInt32
    /// Where PCRE2's serialised code is, if it may be used.
    let precompiled: PrecompiledCode?

    /// What one request can cost at most.
    package let worstCase: WorstCase
    /// The SHA-256 that defines "same table".
    package let digest: [UInt8]
    /// Size of the file in bytes.
    package let byteCount: Int
    /// The directory, for `dump` and `verify`.
    package let sections: [SectionEntry]

    /// The first 16 hexadecimal digits of the digest that defines "same table".
    package var digestText: String {
        digest.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    package var routeCount: Int { view.count(of: .routes) }

    package var hostCount: Int { view.count(of: .hosts) }

    /// Maps and verifies the file at `path`.
    ///
    /// - Parameter ceilings: What one request may cost at most.
    /// - Throws: ``TableError`` with one clear line; nothing in a file can trap.
    /// - Complexity: linear in the size of the file.
    package init(
        path: String, ceilings: WorstCaseCeilings = .unlimited
    ) throws(TableError) {
        try self.init(TableMemory(path: path), ceilings)
    }

    /// Verifies a table in memory. Precompiled patterns are used only if `isTrusted`.
    package init(
        checking bytes: [UInt8], isTrusted: Bool, ceilings: WorstCaseCeilings = .unlimited
    ) throws(TableError) {
        try self.init(TableMemory(copying: bytes, isTrusted: isTrusted), ceilings)
    }

    private init(
        _ memory: consuming TableMemory, _ ceilings: WorstCaseCeilings
    ) throws(TableError) {
        // SAFETY: directory and view are used as long as `memory`, which moves into this value.
        let base = unsafe memory.base
        let directory = try unsafe TableDirectory(
            checking: UnsafeRawBufferPointer(start: base, count: memory.byteCount))
        let view = unsafe TableView(
            base: base, sectionCount: directory.entries.count)
        try TableVerifier.verify(view, header: directory.header)
        let header = directory.header
        if let excess = ceilings.excess(of: header.worstCase) { throw .tooExpensive(excess) }
        self.view = view
        seeds = header.seeds
        pathRules = PathRules(
            mergesSlashes: header.pathOptions & TableHeader.mergesSlashes != 0,
            keepsEncodedSlash: header.pathOptions & TableHeader.keepsEncodedSlash != 0)
        deniesHiddenFiles = header.pathOptions & TableHeader.deniesHiddenFiles != 0
        requestStepsMax = header.requestStepsMax
        precompiled = memory.isTrusted ? PrecompiledCode(view) : nil
        worstCase = header.worstCase
        digest = header.digest
        byteCount = memory.byteCount
        sections = directory.entries
        self.memory = memory
    }
}
