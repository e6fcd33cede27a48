extension TableVerifier {
    func checkRoutes() throws(TableDamage) {
        for index in 0..<count(.routes) {
            let route = view.route(index)
            try require(isPattern(route), .routes, index)
            try require(
                route.textHint.map { isText($0, 0) }
                    ?? isInside(route.firstCondition, UInt32(route.conditionCount), .conditions),
                .routes, index)
            try require(route.action < count(.actions), .routes, index)
        }
        for index in 0..<count(.segments) {
            let segment = view.segment(index)
            try require(SegmentKind(rawValue: segment.kind) != nil, .segments, index)
            try require(isText(segment.textOffset, UInt32(segment.textByteCount)), .segments, index)
        }
    }

    func checkConditions() throws(TableDamage) {
        for index in 0..<count(.conditions) {
            let condition = view.condition(index)
            try require(
                isText(condition.nameOffset, UInt32(condition.nameByteCount)), .conditions, index)
            let isValid =
                switch ConditionKind(rawValue: condition.kind) {
                case .requestProtocol: condition.value <= 2 && condition.isRegex == 0
                case .methods: isText(condition.value, condition.valueCount)
                case .header, .query, .cookie:
                    condition.isRegex == 0
                        ? isText(condition.value, condition.valueCount)
                        : condition.isRegex == 1 && condition.value < count(.regexes)
                case .client: isInside(condition.value, condition.valueCount, .addressRanges)
                case nil: false
                }
            try require(isValid, .conditions, index)
        }
        for kind in [SectionKind.addressRanges, .trustedProxies] {
            for index in 0..<count(kind) {
                let range = view.record(AddressRangeRecord.self, kind, at: index)
                try require(range.prefixLength <= 128, kind, index)
            }
        }
        for index in 0..<count(.regexes) {
            let regex = view.regex(index)
            try require(isText(regex.text), .regexes, index)
            let known = RegexRecord.ignoresCase | RegexRecord.captures
            try require(regex.options & ~known == 0, .regexes, index)
            try require(
                regex.matchLimit > 0 && regex.matchLimit <= TableLimits.matchLimitMax, .regexes,
                index)
        }
    }

    func checkActions() throws(TableDamage) {
        let growingRuns = growingTargetRuns()
        for index in 0..<count(.actions) {
            let action = view.action(index)
            switch ActionKind(rawValue: action.kind) {
            case .forward:
                try require(
                    action.targetCount > 0
                        ? isInside(action.firstTarget, action.targetCount, .targets)
                            && action.targetCount <= growingRuns[Int(action.firstTarget)]
                        : action.service < count(.services), .actions, index)
            case .redirect, .respond:
                try require((100...999).contains(action.status), .actions, index)
            case nil: try require(false, .actions, index)
            }
            for text in [action.stripPrefix, action.addPrefix, action.body, action.contentType] {
                try require(isTextOrNone(text), .actions, index)
            }
            try require(
                isInside(action.firstPiece, action.pieceCount, .templatePieces), .actions, index)
            try require(action.chain < count(.chains), .actions, index)
        }
        for index in 0..<count(.targets) {
            try require(view.target(index).service < count(.services), .targets, index)
        }
        for index in 0..<count(.templatePieces) {
            let piece = view.templatePiece(index)
            try require(PieceKind(rawValue: piece.kind) != nil, .templatePieces, index)
            if piece.kind == PieceKind.literal.rawValue {
                try require(isText(piece.value, piece.byteCount), .templatePieces, index)
            }
        }
    }

    /// For each target, how many from it on have cumulative weights that do not fall.
    private func growingTargetRuns() -> [UInt32] {
        var runs = [UInt32](repeating: 1, count: Int(count(.targets)))
        for index in runs.indices.dropLast().reversed() {
            let weight = view.target(UInt32(index)).cumulativeWeight
            if weight <= view.target(UInt32(index) + 1).cumulativeWeight {
                runs[index] = runs[index + 1] + 1
            }
        }
        return runs
    }
}
