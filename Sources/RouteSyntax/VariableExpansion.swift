/// Puts the environment's values in place of `${NAME}` and `${NAME:-default}`; `$${` becomes `${`.
struct VariableExpansion {
    /// What is wrong with a reference. Offsets are bytes of the text before expansion.
    struct Fault: Error, Equatable {
        enum Reason: Equatable {
            case missing(name: String)
            case notClosed
            case invalidName(String)
            case nested
            case tooLarge
        }

        let reason: Reason
        let offsets: Range<Int>
    }

    let environment: Environment
    /// How many more bytes may come from the environment.
    private(set) var remainingByteCount = SyntaxLimits.expandedByteCountMax

    init(environment: Environment) { self.environment = environment }

    /// Whether ``expand(_:)`` would change or refuse the text.
    static func concerns(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in 0..<max(0, bytes.count - 1)
        where bytes[index] == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{") {
            return true
        }
        return false
    }

    /// The text with all references resolved, and what is wrong with those that are not.
    mutating func expand(_ text: [UInt8]) -> (bytes: [UInt8], faults: [Fault]) {
        var result: [UInt8] = []
        var faults: [Fault] = []
        var index = 0
        while index < text.count {
            let rest = text[index...]
            if rest.starts(with: "$${".utf8) {
                result += Array("${".utf8)
                index += 3
            } else if rest.starts(with: "${".utf8) {
                guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else {
                    faults.append(Fault(reason: .notClosed, offsets: index..<text.count))
                    return (result, faults)
                }
                let offsets = index..<(close + 1)
                index = close + 1
                do throws(Fault) {
                    let value = try value(of: text[(offsets.lowerBound + 2)..<close], at: offsets)
                    guard value.count <= remainingByteCount else {
                        faults.append(Fault(reason: .tooLarge, offsets: offsets))
                        return (result, faults)
                    }
                    remainingByteCount -= value.count
                    result += value
                } catch {
                    faults.append(error)
                    // What a reference inside another leaves behind can't be told from text.
                    if error.reason == .nested { return (result, faults) }
                }
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return (result, faults)
    }

    private func value(
        of reference: ArraySlice<UInt8>, at offsets: Range<Int>
    ) throws(Fault) -> [UInt8] {
        var nameBytes = reference
        var fallback: ArraySlice<UInt8>?
        if let colon = reference.firstIndex(of: UInt8(ascii: ":")),
            reference[colon...].starts(with: ":-".utf8)
        {
            nameBytes = reference[..<colon]
            fallback = reference[(colon + 2)...]
        }
        if let fallback, fallback.contains(UInt8(ascii: "{")) {
            throw Fault(reason: .nested, offsets: offsets)
        }
        let name = String(decoding: nameBytes, as: UTF8.self)
        guard Self.isName(nameBytes) else {
            throw Fault(reason: .invalidName(name), offsets: offsets)
        }
        // As in a shell, `:-` also steps in for a variable that is set and empty.
        if let value = environment[name], fallback == nil || !value.isEmpty {
            return Array(value.utf8)
        }
        guard let fallback else { throw Fault(reason: .missing(name: name), offsets: offsets) }
        return Array(fallback)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else {
            return false
        }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
