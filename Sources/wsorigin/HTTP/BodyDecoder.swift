/// Takes the body of a request out of the byte stream, whatever pieces it comes in.
struct BodyDecoder {
    private enum State {
        case data(remaining: UInt64)
        case chunkSize
        case chunkData(remaining: UInt64)
        case chunkEnd
        case trailers(byteCount: Int)
        case finished
    }

    /// Longest chunk-size line with its extensions, in bytes.
    private static let sizeLineByteCountMax = 1024
    /// Most bytes of all trailers.
    private static let trailersByteCountMax = 16 * 1024

    private var state: State
    /// The trailer lines, without their ends.
    private(set) var trailers: [[UInt8]] = []

    init(_ framing: RequestHead.Framing) {
        switch framing {
        case .none: state = .finished
        case .length(let count): state = .data(remaining: count)
        case .chunked: state = .chunkSize
        }
    }

    var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    /// Takes what can be taken from the front of `input`.
    ///
    /// - Returns: A piece of the body, or `nil` when more input is needed or the body is over.
    mutating func next(
        from input: inout ArraySlice<UInt8>
    ) throws(RequestFault) -> ArraySlice<UInt8>? {
        while true {
            switch state {
            case .finished:
                return nil
            case .data(let remaining):
                guard let piece = Self.take(remaining, from: &input) else { return nil }
                let rest = remaining - UInt64(piece.count)
                state = rest == 0 ? .finished : .data(remaining: rest)
                return piece
            case .chunkData(let remaining):
                guard let piece = Self.take(remaining, from: &input) else { return nil }
                let rest = remaining - UInt64(piece.count)
                state = rest == 0 ? .chunkEnd : .chunkData(remaining: rest)
                return piece
            case .chunkEnd:
                guard input.count >= 2 else { return nil }
                guard input.starts(with: [0x0d, 0x0a]) else { throw .malformed }
                input = input.dropFirst(2)
                state = .chunkSize
            case .chunkSize:
                guard
                    let line = try Self.line(from: &input, byteCountMax: Self.sizeLineByteCountMax)
                else { return nil }
                let digits = line.prefix { $0 != UInt8(ascii: ";") }
                guard let size = digits.hexadecimalNumber else { throw .malformed }
                state = size == 0 ? .trailers(byteCount: 0) : .chunkData(remaining: size)
            case .trailers(let byteCount):
                guard
                    let line = try Self.line(
                        from: &input, byteCountMax: Self.trailersByteCountMax - byteCount)
                else { return nil }
                if line.isEmpty {
                    state = .finished
                } else {
                    trailers.append(Array(line))
                    state = .trailers(byteCount: byteCount + line.count)
                }
            }
        }
    }

    private static func take(
        _ count: UInt64, from input: inout ArraySlice<UInt8>
    ) -> ArraySlice<UInt8>? {
        guard !input.isEmpty else { return nil }
        let piece = input.prefix(Int(min(count, UInt64(input.count))))
        input = input.dropFirst(piece.count)
        return piece
    }

    private static func line(
        from input: inout ArraySlice<UInt8>, byteCountMax: Int
    ) throws(RequestFault) -> ArraySlice<UInt8>? {
        guard let end = input.firstIndex(of: UInt8(ascii: "\n")) else {
            if input.count > byteCountMax { throw .malformed }
            return nil
        }
        guard end > input.startIndex, input[end - 1] == UInt8(ascii: "\r"),
            end - input.startIndex <= byteCountMax + 1
        else { throw .malformed }
        let line = input[input.startIndex..<(end - 1)]
        guard line.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
            throw .malformed
        }
        input = input[(end + 1)...]
        return line
    }
}
