import TableFormat
import Validate

/// Which paths a route is for, as segments: all of them, or for a regex a form that they all have.
struct PathForm {
    let segments: [LoweredSegment]
    let tail: TailKind
    /// Index of the regex that says more than the form.
    let regex: Int?

    /// The segments of a regex that ignores case, with lower-case letters; nil for all others.
    let foldedSegments: [LoweredSegment]?

    /// The form of all of a route's paths.
    init(_ route: LoweredRoute) {
        foldedSegments = nil
        switch route.pattern {
        case .exact(let path):
            segments = Self.split(path).map { .literal($0) }
            tail = .end
            regex = nil
        case .segments(let lowered, let tail):
            segments = lowered
            self.tail = tail
            regex = nil
        case .regex(let index):
            regex = index
            guard case .regex(let source, let ignoresCase) = route.rule.pattern.value,
                let tree = RegexParser.parse(source, ignoresCase: ignoresCase),
                let shape = RegexShape(RegexItems(tree.root), isExact: tree.isExact)
            else {
                segments = []
                tail = .open
                return
            }
            segments = shape.segments
            tail = shape.tail
        }
    }

    /// The form of one alternative of a regex.
    private init(_ root: RegexNode, isExact: Bool, ignoresCase: Bool, regex: Int) {
        self.regex = regex
        let shape = RegexShape(RegexItems(root), isExact: isExact)
        segments = shape?.segments ?? []
        tail = shape?.tail ?? .open
        foldedSegments =
            ignoresCase
            ? RegexShape(RegexItems(root, isLowerCase: true), isExact: isExact)?.segments : nil
    }

    /// Forms that together are those of all of a route's paths: one, or one for each alternative of a regex.
    static func all(of route: LoweredRoute) -> [PathForm] {
        guard case .regex(let index) = route.pattern,
            case .regex(let source, let ignoresCase) = route.rule.pattern.value,
            let tree = RegexParser.parse(source, ignoresCase: ignoresCase)
        else { return [PathForm(route)] }
        return tree.root.alternatives.map {
            PathForm($0, isExact: tree.isExact, ignoresCase: ignoresCase, regex: index)
        }
    }

    /// The segments of a path, which begins with a slash.
    static func split(_ path: [UInt8]) -> [[UInt8]] {
        path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Array($0) }
    }

    /// The ways to fill the form: each path of the form is as one of them, or longer than any pattern can see.
    ///
    /// - Parameter lengthMax: More segments than any pattern of the host has, at most what a path may have.
    func fillings(lengthMax: Int) -> [PathFilling] {
        let shortest = max(segments.count, 1)
        guard tail == .open else { return fillings(length: shortest) }
        // The longest is taken by the fewest patterns, so it most often settles the matter.
        return (shortest...max(shortest, lengthMax)).reversed().flatMap { fillings(length: $0) }
    }

    private func fillings(length: Int) -> [PathFilling] {
        let leavesEndOpen = length > segments.count || segments.last == .anything
        return leavesEndOpen
            ? [
                PathFilling(length: length, endsWithSlash: false),
                PathFilling(length: length, endsWithSlash: true),
            ] : [PathFilling(length: length, endsWithSlash: false)]
    }

    /// The path that stands for all those filled so.
    ///
    /// - Parameter deniesHiddenFiles: Segments that begin with a dot are refused, `.well-known` excepted.
    /// - Returns: nil where no request has such a path.
    func path(_ filling: PathFilling, deniesHiddenFiles: Bool) -> GenericPath? {
        var result: [GenericPath.Segment] = []
        for position in 0..<filling.length {
            let isLast = position == filling.length - 1
            guard position < segments.count else {
                result.append(isLast && filling.endsWithSlash ? .literal([]) : .fresh)
                continue
            }
            switch segments[position] {
            case .literal(let text):
                if text.isEmpty && !isLast { return nil }
                if deniesHiddenFiles, Self.isHidden(text) { return nil }
                result.append(.literal(text))
            case .wildcard: result.append(.fresh)
            case .anything:
                result.append(isLast && filling.endsWithSlash ? .literal([]) : .fresh)
            case .glob(let texts):
                guard deniesHiddenFiles, texts.first?.first == UInt8(ascii: ".") else {
                    result.append(.glob(texts))
                    continue
                }
                guard GlobText.matches(texts, Self.wellKnown) else { return nil }
                result.append(.literal(Self.wellKnown))
            }
        }
        return GenericPath(segments: result)
    }

    /// Whether a path with these segments has the form.
    func matches(_ given: [[UInt8]]) -> Bool {
        guard tail == .end ? given.count == segments.count : given.count >= segments.count else {
            return false
        }
        return zip(segments, given).allSatisfy { segment, text in
            switch segment {
            case .literal(let literal): literal == text
            case .wildcard: !text.isEmpty
            case .anything: true
            case .glob(let texts): GlobText.matches(texts, text)
            }
        }
    }

    private static let wellKnown = Array(".well-known".utf8)

    static func isHidden(_ segment: [UInt8]) -> Bool {
        guard segment.contains(UInt8(ascii: "%")) else { return isHidden(piece: segment) }
        return HiddenDots.pieces(of: segment).contains { isHidden(piece: $0) }
    }

    private static func isHidden(piece: [UInt8]) -> Bool {
        piece.first == UInt8(ascii: ".") && piece != wellKnown
    }
}
