import JSON

/// One value of a dump, for both of its forms.
enum DumpValue {
    case none
    case text(String)
    case number(UInt64)
    case boolean(Bool)
    case list([DumpValue])
    case fields([Field])

    /// A value and its name.
    typealias Field = (name: String, value: DumpValue)

    init(_ text: String?) { self = text.map { .text($0) } ?? .none }

    init(_ number: some BinaryInteger) { self = .number(UInt64(number)) }

    static func texts(_ texts: [String]) -> DumpValue { .list(texts.map { .text($0) }) }

    func write(to json: inout JSONText) {
        switch self {
        case .none: json.null()
        case .text(let text): json.string(text)
        case .number(let number): json.number(number)
        case .boolean(let value): json.boolean(value)
        case .list(let values):
            json.array { json in for value in values { value.write(to: &json) } }
        case .fields(let fields): json.object { json in Self.write(fields, to: &json) }
        }
    }

    /// Writes members of an object that is open.
    static func write(_ fields: [Field], to json: inout JSONText) {
        for field in fields {
            json.key(field.name)
            field.value.write(to: &json)
        }
    }

    /// In one line: `5`, `[a, b]`, `{path=/, interval_ms=30000}`. What is not there is left out.
    var line: String {
        switch self {
        case .none: "none"
        case .text(let text): text
        case .number(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .list(let values): "[\(values.map(\.line).joined(separator: ", "))]"
        case .fields(let fields): "{\(Self.line(of: fields, separator: ", "))}"
        }
    }

    static func line(of fields: [Field], separator: String = " ") -> String {
        fields.compactMap { field in
            if case .none = field.value { return nil }
            return "\(field.name)=\(field.value.line)"
        }.joined(separator: separator)
    }
}
