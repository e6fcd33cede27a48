#if COUNT_TABLE_READS
    internal import TableFormat

    /// Holds what one match has read to the worst case that the table states.
    enum ReadLimits {
        /// Values that a condition can be asked about in one of the requests: as many fields, parameters and cookies.
        private static let valuesMax: UInt64 = 4

        /// What was exceeded, or nil.
        static func violation(of worstCase: WorstCase) -> String? {
            func count(_ kinds: SectionKind...) -> UInt64 {
                kinds.reduce(0) { $0 + TableReads.count(of: $1) }
            }
            let regexes = UInt64(worstCase.hostRegexes) + UInt64(worstCase.routeRegexes)
            let limits: [(String, UInt64, UInt64)] = [
                (
                    "probes",
                    count(.hostSlots, .exactSlots, .shapeSlots)
                        + count(.trieSlots, .trieNodes, .literalSlots),
                    UInt64(worstCase.hostProbes) + UInt64(worstCase.pathProbes)
                ),
                // The route that wins is looked at once more, and so is each regex route that runs.
                (
                    "routes", count(.routes),
                    UInt64(worstCase.routeChecks) + UInt64(worstCase.routeRegexes) + 1
                ),
                ("regexes", count(.regexes), regexes + valuesMax * count(.conditions)),
                (
                    "conditions", count(.conditions),
                    UInt64(TableLimits.conditionCountMax)
                        * (UInt64(worstCase.routeChecks) + UInt64(worstCase.routeRegexes))
                ),
                ("automaton steps", count(.automatonStates), UInt64(worstCase.automatonSteps)),
            ]
            for (name, found, limit) in limits where found > limit {
                return "\(found) \(name) where the table states at most \(limit)"
            }
            return nil
        }
    }
#endif
