/// One named value of an event line.
package struct EventField: Sendable {
    enum Value: Sendable {
        case text(String)
        case word(StaticString)
        case number(Int)
    }

    let name: StaticString
    let value: Value

    /// Any text. It is escaped as the format needs.
    package static func text(_ name: StaticString, _ text: String) -> EventField {
        EventField(name: name, value: .text(text))
    }

    /// Text that is known at build time.
    package static func word(_ name: StaticString, _ word: StaticString) -> EventField {
        EventField(name: name, value: .word(word))
    }

    /// A count, a size or a code, in decimal; its unit is part of the name.
    package static func number(_ name: StaticString, _ number: Int) -> EventField {
        EventField(name: name, value: .number(number))
    }
}
