import Diagnostics

extension TreeBuilder {
    /// The next event, or the end of this file's reading with a diagnostic.
    mutating func next(from reader: inout YAMLEventReader) throws(Stop) -> YAMLEvent {
        do throws(YAMLEventReader.Fault) {
            return try reader.next()
        } catch {
            report(error)
            throw Stop()
        }
    }

    private mutating func report(_ fault: YAMLEventReader.Fault) {
        let start = range(fault.character..<fault.character).start.offset
        let next = start < source.bytes.count ? source.bytes[start] : nil
        if next == UInt8(ascii: "\t") {
            reportTab(at: start)
            return
        }
        let (message, suggestion) = YAMLProblem.explain(
            fault.problem, previous: start > 0 ? source.bytes[start - 1] : nil, next: next)
        var notes: [Diagnostic.Note] = []
        if let context = fault.context, fault.contextCharacter != fault.character {
            let place = range(fault.contextCharacter..<(fault.contextCharacter + 1))
            notes.append(.init(range: place, message: YAMLProblem.explain(context: context)))
        }
        sink.error(
            .invalidYAML, at: range(fault.character..<(fault.character + 1)), message, notes: notes,
            suggestion: suggestion)
    }

    /// Reports the tab at an offset.
    mutating func reportTab(at offset: Int) {
        sink.error(
            .tab, at: source.range(offset..<(offset + 1), in: file),
            "a tab is not allowed here", suggestion: "use spaces")
    }

    /// Reports a reference to the environment that can't be resolved.
    mutating func report(_ fault: VariableExpansion.Fault, in node: Node) {
        let place = node.range(ofText: fault.offsets)
        switch fault.reason {
        case .missing(let name):
            sink.error(
                .missingVariable, at: place, "the environment variable `\(name)` is not set",
                suggestion: "set it, or give a default: `${\(name):-value}`")
        case .notClosed:
            sink.error(
                .malformedVariable, at: place, "the reference has no `}`",
                suggestion: "write `$${` for a literal `${`")
        case .invalidName(let name):
            sink.error(
                .malformedVariable, at: place, "`\(name)` is not the name of a variable",
                suggestion: "write `${NAME}` or `${NAME:-default}`, or `$${` for a literal `${`")
        case .nested:
            sink.error(
                .malformedVariable, at: place, "a default can't contain another reference",
                suggestion: "write the default itself")
        case .tooLarge:
            let limit = SyntaxLimits.expandedByteCountMax
            sink.error(
                .fileTooLarge, at: place,
                "the variables of this file expand to more than \(limit) bytes")
        }
    }
}

extension YAMLEvent {
    /// Whether it is a scalar without quotes.
    var isPlainScalar: Bool {
        guard case .scalar(_, .plain) = kind else { return false }
        return true
    }
}
