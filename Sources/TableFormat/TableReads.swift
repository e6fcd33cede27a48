#if COUNT_TABLE_READS
    /// How many records of each section were read, so that fuzzing can hold one match to what its table states. Only in
    /// builds for that, and only for one thread.
    @safe
    package enum TableReads {
        // SAFETY: never given back, and used by one thread.
        nonisolated(unsafe) private static let counts: UnsafeMutablePointer<Int> = {
            let counts = UnsafeMutablePointer<Int>.allocate(capacity: 64)
            unsafe counts.initialize(repeating: 0, count: 64)
            return unsafe counts
        }()

        /// One record of a section is read.
        package static func note(_ kind: SectionKind) {
            // SAFETY: there are fewer than 64 kinds.
            unsafe counts[Int(kind.rawValue)] += 1
        }

        /// Forgets what was read.
        package static func reset() {
            // SAFETY: as above.
            unsafe counts.update(repeating: 0, count: 64)
        }

        /// The records that were read of a section.
        package static func count(of kind: SectionKind) -> UInt64 {
            // SAFETY: as above.
            unsafe UInt64(counts[Int(kind.rawValue)])
        }
    }
#endif
