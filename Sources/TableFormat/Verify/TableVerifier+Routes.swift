extension TableVerifier {
    /// Routes follow each other without gaps, each at the place that is stated for it. Runs behind
    /// ``checkShapes()``.
    ///
    /// - Returns: Where routes begin.
    func checkRoutes(_ survey: inout RouteSurvey) throws(TableDamage) -> RouteStarts {
        var starts = RouteStarts(count: Int(count(.routes)))
        let end = UInt64(count(.routes))
        var unit: UInt64 = 0
        for number in 0..<count(.hosts) {
            let host = view.host(number)
            var shapes = RouteSurvey.HostShapes()
            for index in host.firstRoute..<(host.firstRoute + host.routeCount) {
                let place = view.record(RoutePlace.self, .routePlaces, at: index).unit
                try require(UInt64(place) == unit && unit + 2 <= end, .routePlaces, index)
                let route = view.route(at: place)
                guard let size = size(of: route, unitsLeft: end - unit) else {
                    throw .invalidRecord(section: .routes, record: Int(index))
                }
                try require(
                    route.index == index && route.action < count(.actions)
                        && isFiled(route, index, host), .routes, index)
                starts.insert(place)
                survey.insert(route, index, filedUnder: &shapes)
                unit += size
            }
            survey.insert(shapes, ofHost: number)
        }
        try require(unit == end, .routes, count(.routePlaces))
        return starts
    }

    /// The size of a route in units; nil where it does not end inside the section, or what it holds is not
    /// in the table.
    @inline(__always)
    func size(of route: RouteRecord, unitsLeft: UInt64) -> UInt64? {
        let bytesLeft = Int(unitsLeft) * RouteRecord.unit
        guard route.tail <= TailKind.open.rawValue,
            route.kind <= RouteKind.regex.rawValue, Int(route.segmentCount) <= 64,
            route.leadSegmentCount <= route.segmentCount
        else { return nil }
        if route.hasLinks {
            guard bytesLeft >= 24,
                isInside(route.firstCondition, UInt32(route.conditionCount), .conditions)
            else { return nil }
            if route.kind == RouteKind.regex.rawValue {
                guard route.regex < count(.regexes), route.segmentCount == 0,
                    route.leadByteCount == 0
                else { return nil }
            }
        }
        var end = route.textOffset
        guard end <= bytesLeft else { return nil }
        for number in 0..<Int(route.segmentCount - route.leadSegmentCount) {
            end += route.segment(number).byteCount
        }
        guard end <= bytesLeft else { return nil }
        return UInt64((end + RouteRecord.unit - 1) / RouteRecord.unit)
    }

    /// Whether a route is filed under a shape of its host that states no worse route as its best.
    @inline(__always)
    private func isFiled(_ route: RouteRecord, _ index: UInt32, _ host: HostRecord) -> Bool {
        if UInt32(route.shape) < host.shapeCount {
            return host.firstRoute + view.shape(host.firstShape + UInt32(route.shape)).bestRoute
                <= index
        }
        return route.shape == RouteRecord.wholePath || route.shape == RouteRecord.noShape
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
            try require(isIndexOrNone(regex.firstStep, .regexSteps), .regexes, index)
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
