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
            (99_999_999, "99999999", "5f5e0ff"),
            (100_000_000, "100000000", "5f5e100"),
            (9_999_999_999_999_999, "9999999999999999", "2386f26fc0ffff"),
            (10_000_000_000_000_000, "10000000000000000", "2386f26fc10000"),
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

    @Test("Numbers are written whole or not at all, however little room there is")
    func numbersAtTheEnd() {
        for number in [UInt64(7), 42, 123_456, 99_999_999, 1_234_567_890, .max] {
            let digits = String(number)
            for room in 1...40 {
                var writer = ByteWriter(capacity: room)
                writer.append(decimal: number)
                let fits = digits.utf8.count <= room
                #expect(text(writer.written) == (fits ? digits : ""))
                #expect(writer.isOverflowed == !fits)
            }
        }
    }

    @Test("Every number below a hundred thousand, and what lies around powers of ten")
    func manyNumbers() {
        var writer = ByteWriter(capacity: 64)
        var numbers = Array(0..<UInt64(100_000))
        var power: UInt64 = 100_000
        while power < UInt64.max / 10 {
            power *= 10
            numbers += [power - 1, power, power + 1, power / 3, power / 7 * 5]
        }
        for number in numbers {
            writer.clear()
            writer.append(decimal: number)
            guard text(writer.written) == String(number) else {
                Issue.record("\(number) is written as \(text(writer.written))")
                return
            }
        }
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
