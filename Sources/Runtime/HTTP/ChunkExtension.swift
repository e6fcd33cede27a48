/// Reads what stands between the size of a chunk and the end of its line (RFC 9112, 7.1.1), to drop it:
///
///     chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )
///
/// What is not of this form is refused: who takes a quoted string to go on behind the line end reads other chunks than
/// who does not.
struct ChunkExtension: BitwiseCopyable {
    /// What a byte means to the line.
    enum Step: Equatable {
        case goesOn
        /// It is the CR of the line end, and may stand here.
        case ends
        case refused(ChunkFault)
    }

    private enum State: UInt8, BitwiseCopyable {
        /// White space behind the size.
        case blankBehindSize
        case beforeName
        case name
        case blankBehindName
        case beforeValue
        case token
        case quoted
        /// Behind a backslash in a quoted string.
        case escaped
        case behindQuoted
        case blankBehindValue
    }

    private var state = State.beforeName

    /// Begins behind the size.
    ///
    /// - Parameter byte: The first that is no digit.
    /// - Returns: Nil if no extension begins with it.
    init?(behindSize byte: UInt8) {
        switch byte {
        case UInt8(ascii: ";"): state = .beforeName
        case _ where OctetClass.isBlank(byte): state = .blankBehindSize
        default: return nil
        }
    }

    /// None is there.
    init() {}

    /// Takes one byte.
    mutating func take(_ byte: UInt8) -> Step {
        let next: State?
        switch state {
        case .blankBehindSize:
            next = OctetClass.isBlank(byte) ? .blankBehindSize : Self.separator(byte)
            if next == nil { return .refused(.invalidSize) }
        case .beforeName: next = Self.begin(byte, blank: .beforeName, token: .name)
        case .name:
            if byte == OctetClass.carriageReturn { return .ends }
            next = OctetClass.isToken(byte) ? .name : Self.behindName(byte)
        case .blankBehindName: next = Self.behindName(byte)
        case .beforeValue:
            next =
                byte == UInt8(ascii: "\"")
                ? .quoted : Self.begin(byte, blank: .beforeValue, token: .token)
        case .token:
            if byte == OctetClass.carriageReturn { return .ends }
            next = OctetClass.isToken(byte) ? .token : Self.behindValue(byte)
        case .quoted: next = Self.inQuotes(byte)
        case .escaped: next = OctetClass.isFieldContent(byte) ? .quoted : nil
        case .behindQuoted:
            if byte == OctetClass.carriageReturn { return .ends }
            next = Self.behindValue(byte)
        case .blankBehindValue: next = Self.behindValue(byte)
        }
        guard let next else { return .refused(.invalidExtension) }
        state = next
        return .goesOn
    }

    private static func separator(_ byte: UInt8) -> State? {
        byte == UInt8(ascii: ";") ? .beforeName : nil
    }

    private static func begin(_ byte: UInt8, blank: State, token: State) -> State? {
        if OctetClass.isBlank(byte) { return blank }
        return OctetClass.isToken(byte) ? token : nil
    }

    private static func behindName(_ byte: UInt8) -> State? {
        if OctetClass.isBlank(byte) { return .blankBehindName }
        return byte == UInt8(ascii: "=") ? .beforeValue : separator(byte)
    }

    private static func behindValue(_ byte: UInt8) -> State? {
        OctetClass.isBlank(byte) ? .blankBehindValue : separator(byte)
    }

    private static func inQuotes(_ byte: UInt8) -> State? {
        switch byte {
        case UInt8(ascii: "\""): .behindQuoted
        case UInt8(ascii: "\\"): .escaped
        default: OctetClass.isFieldContent(byte) ? .quoted : nil
        }
    }
}
