/// The bytes of one source file with an index of its lines.
package struct SourceText: Sendable {
    /// The path as the user gave it.
    package let name: String
    package let bytes: [UInt8]
    /// Offset of the first byte of each line. A line ends with LF, CR or CR LF.
    private let lineStarts: [Int]

    /// - Complexity: O(*n*).
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\n") {
                starts.append(index)
            } else if byte == UInt8(ascii: "\r") {
                if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
                starts.append(index)
            }
        }
        self.lineStarts = starts
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Number of lines; a file that ends with a line break has an empty last one.
    package var lineCount: Int { lineStarts.count }

    /// The place of a byte. An offset behind the end means the end.
    ///
    /// - Complexity: O(log *lines*).
    package func position(at offset: Int) -> SourcePosition {
        let offset = max(0, min(offset, bytes.count))
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return SourcePosition(offset: offset, line: low + 1, column: offset - lineStarts[low] + 1)
    }

    /// The stretch from one offset up to another, both in bytes.
    package func range(_ offsets: Range<Int>, in file: SourceFile) -> SourceRange {
        SourceRange(
            file: file, start: position(at: offsets.lowerBound),
            end: position(at: offsets.upperBound))
    }

    /// The bytes of a line without its line break; none if there is no such line.
    ///
    /// - Parameter line: Counted from 1.
    package func line(_ line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= lineStarts.count else { return [] }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start,
            bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r")
        {
            end -= 1
        }
        return bytes[start..<end]
    }
}
