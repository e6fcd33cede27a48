/// What to write instead of a number that is not written as one here.
enum NumberAdvice {
    /// For `0x1F90`, `0o17`, `1_000`, `1,000` and `10k`; nil for all others.
    static func plain(_ text: String) -> String? {
        let lowered = text.lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lowered.hasPrefix(prefix) {
            return Int(lowered.dropFirst(2).filter { $0 != "_" }, radix: radix)
                .map { "write `\($0)`" }
        }
        let digits = text.filter { $0 != "_" && $0 != "," && $0 != "'" && $0 != " " }
        guard digits.count < text.count, let value = Int(digits), value >= 0 else { return nil }
        return "write `\(value)`"
    }

    /// The two readings of a number that is another one to older versions of YAML, which take a zero before it for the
    /// sign of an octal number; nil where there is but one.
    static func octal(_ text: String) -> (decimal: Int, octal: Int)? {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard digits.hasPrefix("0"), let decimal = Int(text), let octal = Int(text, radix: 8),
            octal != decimal
        else { return nil }
        return (decimal, octal)
    }

    /// A duration in another notation (`30sec`, `1d`, `1h30m`) as it is written here; nil where it is none.
    static func duration(_ text: String) -> String? {
        let units: [(names: [String], milliseconds: Int)] = [
            (["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"], 1),
            (["s", "sec", "secs", "second", "seconds"], 1_000),
            (["m", "min", "mins", "minute", "minutes"], 60_000),
            (["h", "hr", "hrs", "hour", "hours"], 3_600_000),
            (["d", "day", "days"], 86_400_000),
        ]
        var rest = Substring(text.lowercased())
        var sum = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count).drop { $0 == " " }
            guard let number = Int(digits), number <= 1_000_000_000,
                let factor = units.first(where: { $0.names.contains(String(unit)) })?.milliseconds
            else { return nil }
            sum += number * factor
            guard sum <= DurationText.millisecondsMax else { return nil }
        }
        guard sum > 0 else { return nil }
        for (unit, factor) in [("h", 3_600_000), ("m", 60_000), ("s", 1_000)]
        where sum.isMultiple(of: factor) { return "write `\(sum / factor)\(unit)`" }
        return "write `\(sum)ms`"
    }

    /// A size with half a unit or a space in it; nil where it is none.
    static func size(_ text: String) -> String? {
        let lowered = text.lowercased()
        let digits = lowered.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = lowered.dropFirst(digits.count).drop { $0 == " " }
        guard Double(digits) != nil else { return nil }
        let letter = unit.prefix(1).uppercased()
        switch unit {
        case "k", "m", "g": return "write `\(digits)\(letter)B` or `\(digits)\(letter)iB`"
        case "ki", "mi", "gi": return "write `\(digits)\(letter)iB`"
        case "kb", "mb", "gb": return "write `\(digits)\(letter)B`"
        case "kib", "mib", "gib": return "write `\(digits)\(letter)iB`"
        case "bytes", "byte": return "write `\(digits)`"
        default: return nil
        }
    }
}
