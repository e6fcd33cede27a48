internal import Synchronization
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
    /// Those too that this version does not know and may pass over.
    let allSections: [SectionEntry]
    /// Who vouches for the table; nil for nobody. Checked only where a key was given.
    package let signature: TableSignature?
    /// Holds the value to its place: without it Swift 6.3 copies all of it, 176 bytes, each time a method of it
    /// is called through a reference to its owner. Never used.
    private let anchor = Atomic<UInt8>(0)

    /// The first 16 hexadecimal digits of the digest that defines "same table".
    package var digestText: String {
        digest.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    package var routeCount: Int { view.count(of: .routePlaces) }

    package var hostCount: Int { view.count(of: .hosts) }

    /// Maps and verifies the file at `path`.
    ///
    /// - Parameters:
    ///   - key: If given, the table has to be signed by it; it is then trusted, whoever may write the file.
    ///   - ceilings: What one request may cost at most.
    ///   - staysInUse: Nobody may write to the file before ``giveWay()``, which is to be called at SIGIO.
    /// - Throws: ``TableError`` with one clear line; nothing in a file can trap.
    /// - Complexity: linear in the size of the file.
    package init(
        path: String, signedBy key: VerificationKey? = nil,
        ceilings: WorstCaseCeilings = .unlimited, staysInUse: Bool = false
    ) throws(TableError) {
        try self.init(TableMemory(path: path, staysInUse: staysInUse), signedBy: key, ceilings)
    }

    /// Goes on with a copy if somebody waits to write to the file, and lets them. For one thread; others may read
    /// the table meanwhile.
    ///
    /// - Returns: Whether somebody did.
    /// - Throws: ``TableError/changedInUse`` if they did not wait: the table must not be used any more.
    package borrowing func giveWay() throws(TableError) -> Bool {
        let (digest, sections) = (digest, allSections)
        // SAFETY: as below.
        return try unsafe memory.giveWay { bytes in
            // SAFETY: the bytes are used inside the closure only.
            guard let directory = try? unsafe TableDirectory(checking: bytes) else { return false }
            return unsafe directory.header.digest == digest
                && ChecksAside.firstDamaged(of: sections, in: bytes) == nil
        }
    }

    /// Verifies a table in memory. Precompiled patterns are used only if `isTrusted`, or with a key.
    package init(
        checking bytes: [UInt8], isTrusted: Bool, signedBy key: VerificationKey? = nil,
        ceilings: WorstCaseCeilings = .unlimited
    ) throws(TableError) {
        try self.init(TableMemory(copying: bytes, isTrusted: isTrusted), signedBy: key, ceilings)
    }

    private init(
        _ memory: consuming TableMemory, signedBy key: VerificationKey?,
        _ ceilings: WorstCaseCeilings
    ) throws(TableError) {
        // SAFETY: directory and view are used as long as `memory`, which moves into this value.
        let base = unsafe memory.base
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: memory.byteCount)
        let directory = try unsafe TableDirectory(checking: bytes)
        if let key {
            try unsafe SignatureCheck.check(bytes, directory.header.signature, by: key)
            guard unsafe ContentDigest.areGenuine(directory.allEntries, in: bytes) else {
                throw .digestMismatch
            }
        }
        let view = unsafe TableView(
            base: base, sectionCount: directory.entries.count)
        let aside = unsafe ChecksAside(of: directory.allEntries, in: bytes, view)
        var damage: TableDamage?
        do throws(TableDamage) {
            try TableVerifier.verify(view, header: directory.header)
        } catch {
            damage = error
        }
        // What does not fit its checksum is damaged; what fits it and makes no sense was made so.
        let finding = aside.finding()
        if case .checksum(let entry) = finding { throw TableError(damaged: entry) }
        if let damage { throw TableError(damage) }
        if case .source(let damage) = finding { throw TableError(damage) }
        let header = directory.header
        if let excess = ceilings.excess(of: header.worstCase) { throw .tooExpensive(excess) }
        self.view = view
        seeds = header.seeds
        pathRules = PathRules(
            mergesSlashes: header.pathOptions & TableHeader.mergesSlashes != 0,
            keepsEncodedSlash: header.pathOptions & TableHeader.keepsEncodedSlash != 0)
        deniesHiddenFiles = header.pathOptions & TableHeader.deniesHiddenFiles != 0
        requestStepsMax = header.requestStepsMax
        precompiled = memory.isTrusted || key != nil ? PrecompiledCode(view) : nil
        worstCase = header.worstCase
        digest = header.digest
        byteCount = memory.byteCount
        sections = directory.entries
        allSections = directory.allEntries
        signature = header.signature
        self.memory = memory
    }
}
