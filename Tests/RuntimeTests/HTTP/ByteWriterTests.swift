import Runtime
import Testing

@Suite("Byte writer")
struct ByteWriterTests {
    @Test(
        "Numbers are written without leading zeros",
        arguments: [
            (UInt64(0), "0", "0"),
            (9, "9", "9"),
            (10, "10", "a"),
            (255, "255", "ff"),
            (4096, "4096", "1000"),
            (UInt64.max, "18446744073709551615", "ffffffffffffffff"),
        ])
    func numbers(number: UInt64, decimal: String, hexadecimal: String) {
        var writer = ByteWriter(capacity: 64)
        writer.append(decimal: number)
        #expect(text(writer.written) == decimal)
        writer.clear()
        writer.append(hexadecimal: number)
        #expect(text(writer.written) == hexadecimal)
    }

    @Test("What does not fit is left out, and the overflow stays until cleared")
    func overflow() {
        var writer = ByteWriter(capacity: 4)
        writer.append("abc")
        writer.append("de")
        #expect(writer.isOverflowed == true)
        writer.append(byte: 0x66)
        #expect(text(writer.written) == "abc")
        writer.clear()
        #expect(writer.isOverflowed == false)
        writer.append("abcd")
        #expect(text(writer.written) == "abcd")
        #expect(writer.isOverflowed == false)
    }

    @Test("Nothing fits a full writer, an empty span always does")
    func full() {
        var writer = ByteWriter(capacity: 2)
        writer.append("ab")
        writer.append(RawSpan())
        #expect(writer.isOverflowed == false)
        writer.append(decimal: 7)
        #expect(writer.isOverflowed == true)
    }

    @Test("Truncating takes back what was written last")
    func truncate() {
        var writer = ByteWriter(capacity: 16)
        writer.append("head")
        let mark = writer.count
        writer.append("tail")
        writer.truncate(to: mark)
        #expect(text(writer.written) == "head")
    }
}
