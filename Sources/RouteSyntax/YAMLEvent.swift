/// One event of libyaml in Swift's own values.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(text: String, style: Style)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    enum Style { case plain, quoted, block }

    let kind: Kind
    let anchor: String?
    let tag: String?
    /// From and to, in characters.
    let characters: Range<Int>
}
