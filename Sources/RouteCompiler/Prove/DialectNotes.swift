import Diagnostics
import TableFormat
import Validate

/// WR124 and WR125: what other proxies read otherwise. Remarks, for those who move a configuration here.
enum DialectNotes {
    private struct Key: Hashable {
        let name: String
        let port: UInt16?
    }

    /// Remarks of one kind that are made; the rest would say the same.
    private static let remarksMax = 20

    static func check(
        _ hosts: [LoweredHost], of configuration: Configuration, into sink: inout DiagnosticSink
    ) {
        // What is not known may be the apex that is missed.
        if !configuration.unknown.contains(.hosts) {
            checkApexes(hosts, besides: configuration.lostHostPatterns, into: &sink)
        }
        checkSlashes(hosts.filter { !$0.lacksRoutes }, into: &sink)
    }

    private static func checkApexes(
        _ hosts: [LoweredHost], besides lostPatterns: [String], into sink: inout DiagnosticSink
    ) {
        var taken: Set<Key> = []
        for host in hosts {
            switch host.rule.pattern.value {
            case .exact(let name), .wildcard(let name, true):
                taken.insert(Key(name: name, port: host.rule.port))
            case .wildcard, .regex, .any: break
            }
        }
        var count = 0
        for host in hosts where count < remarksMax {
            guard case .wildcard(let suffix, false) = host.rule.pattern.value,
                !taken.contains(Key(name: suffix, port: host.rule.port)),
                !taken.contains(Key(name: suffix, port: nil)),
                !lostPatterns.contains(where: { $0.contains(suffix) })
            else { continue }
            count += 1
            sink.add(
                Diagnostic(
                    code: .apexNotMatched, severity: .note, range: host.rule.pattern.range,
                    message: "`\(host.rule.patternText)` does not take `\(suffix)` itself, "
                        + "and no other rule names it",
                    suggestion: "write `.\(suffix)` for both"))
        }
    }

    private static func checkSlashes(_ hosts: [LoweredHost], into sink: inout DiagnosticSink) {
        var count = 0
        for host in hosts where count < remarksMax {
            var subtrees: Set<[LoweredSegment]> = []
            for route in host.routes {
                if case .segments(let segments, .open) = route.pattern { subtrees.insert(segments) }
            }
            for route in host.routes where count < remarksMax {
                guard route.writtenKind == .exact, case .exact(let path) = route.pattern,
                    path.count > 1, path.last == UInt8(ascii: "/")
                else { continue }
                let above = PathForm.split(Array(path.dropLast())).map {
                    LoweredSegment.literal($0)
                }
                guard !subtrees.contains(above) else { continue }
                count += 1
                let text = route.rule.patternText
                sink.add(
                    Diagnostic(
                        code: .slashIsExact, severity: .note, range: route.rule.pattern.range,
                        message: "`\(text)` is this path only, neither what is below it nor "
                            + "`\(text.dropLast())`",
                        suggestion: "`\(text)*` takes all of them"))
            }
        }
    }
}
