import TableFormat
import Validate

/// A regex that is matched as a pattern, as that pattern is written.
struct LoweredText {
    let text: String
    /// A path that the pattern takes and the regex does not.
    let alsoTakes: String?

    /// - Returns: nil where no pattern can be written for it.
    init?(_ route: LoweredRoute) {
        switch route.pattern {
        case .regex: return nil
        case .exact(let path):
            guard !path.contains(where: { Array("*{}".utf8).contains($0) }) else { return nil }
            text = String(decoding: path, as: UTF8.self)
            alsoTakes = nil
        case .segments(var segments, let tail):
            var names: [Int: String] = [:]
            for capture in route.captures where capture.kind == .segment || capture.kind == .rest {
                names[Int(capture.value)] = capture.name
            }
            var ends = tail == .open
            var misses = false
            if segments.last == .anything {
                guard tail == .open else { return nil }
                segments.removeLast()
                ends = true
                misses = !segments.isEmpty
            }
            var parts: [String] = []
            for (position, segment) in segments.enumerated() {
                switch segment {
                case .literal(let bytes): parts.append(String(decoding: bytes, as: UTF8.self))
                case .glob(let texts):
                    parts.append(
                        texts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "*"))
                case .wildcard:
                    let isLast = position == segments.count - 1 && !ends
                    parts.append(names[position].map { "{\($0)}" } ?? (isLast ? "{x}" : "*"))
                case .anything: return nil
                }
            }
            let isWritable = segments.allSatisfy { segment in
                guard case .literal(let bytes) = segment else { return true }
                return !bytes.contains { Array("*{}".utf8).contains($0) }
            }
            guard isWritable else { return nil }
            alsoTakes = misses ? "/" + parts.joined(separator: "/") : nil
            if ends { parts.append(names[segments.count].map { "{\($0)...}" } ?? "*") }
            text = "/" + parts.joined(separator: "/")
        }
    }
}
