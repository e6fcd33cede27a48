import CYAML

/// libyaml's event parser over one text.
///
/// libyaml keeps pointers into its own struct, so the struct lives in memory that never moves. Not
/// copyable: whoever owns it frees it.
@safe
struct YAMLEventReader: ~Copyable {
    /// Why libyaml stopped. Places are in characters.
    struct Fault: Error {
        let problem: String
        let character: Int
        let context: String?
        let contextCharacter: Int
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// - Parameter text: Must outlive the reader.
    // SAFETY: a caller has to mark the call, and so to say why that holds.
    @unsafe
    init(_ text: UnsafeBufferPointer<UInt8>) {
        // SAFETY: the parser's memory is ours and initialised by libyaml before any other call; the
        // caller keeps the text alive. Initialising fails only when memory is out.
        unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        let isReady = unsafe yaml_parser_initialize(parser)
        precondition(isReady == 1, "out of memory")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        // SAFETY: initialised in init, freed only here.
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event. Not to be called after a fault or after the end of the stream.
    mutating func next() throws(Fault) -> YAMLEvent {
        // SAFETY: libyaml fills the event; what it allocated is copied and then freed by it.
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault() }
        defer { unsafe yaml_event_delete(&event) }
        let start = unsafe Int(event.start_mark.index)
        let end = unsafe max(start, Int(event.end_mark.index))
        return unsafe Self.convert(event, characters: start..<end)
    }

    private func fault() -> Fault {
        // SAFETY: `problem` and `context` are nil or static strings of libyaml.
        unsafe Fault(
            problem: parser.pointee.problem.map { unsafe String(cString: $0) } ?? "unknown problem",
            character: Int(parser.pointee.problem_mark.index),
            context: parser.pointee.context.map { unsafe String(cString: $0) },
            contextCharacter: Int(parser.pointee.context_mark.index))
    }

    private static func convert(_ event: yaml_event_t, characters: Range<Int>) -> YAMLEvent {
        func make(
            _ kind: YAMLEvent.Kind, anchor: UnsafeMutablePointer<UInt8>? = nil,
            tag: UnsafeMutablePointer<UInt8>? = nil
        ) -> YAMLEvent {
            // SAFETY: libyaml's names end with NUL and live as long as the event.
            unsafe YAMLEvent(
                kind: kind, anchor: anchor.map { unsafe String(cString: $0) },
                tag: tag.map { unsafe String(cString: $0) }, characters: characters)
        }
        // SAFETY: each case reads only the member of the union that its event type fills; the lengths
        // are libyaml's own, and everything is copied.
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return make(.streamStart)
        case YAML_DOCUMENT_START_EVENT: return make(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return make(.documentEnd)
        case YAML_ALIAS_EVENT:
            let name = unsafe event.data.alias.anchor.map { unsafe String(cString: $0) }
            return make(.alias(name ?? ""))
        case YAML_SCALAR_EVENT:
            // SAFETY: as above; a scalar's text has `length` bytes.
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let text = unsafe String(decoding: bytes, as: UTF8.self)
            let style: YAMLEvent.Style =
                switch unsafe scalar.style {
                case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
                case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
                default: .plain
                }
            // SAFETY: as above.
            return unsafe make(
                .scalar(text: text, style: style), anchor: scalar.anchor, tag: scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            // SAFETY: as above.
            let start = unsafe event.data.sequence_start
            return unsafe make(.sequenceStart, anchor: start.anchor, tag: start.tag)
        case YAML_SEQUENCE_END_EVENT: return make(.sequenceEnd)
        case YAML_MAPPING_START_EVENT:
            // SAFETY: as above.
            let start = unsafe event.data.mapping_start
            return unsafe make(.mappingStart, anchor: start.anchor, tag: start.tag)
        case YAML_MAPPING_END_EVENT: return make(.mappingEnd)
        default: return make(.streamEnd)
        }
    }
}
