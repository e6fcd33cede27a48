/// An answer as a test reads it, with its body put together.
package struct HTTPAnswer: Equatable, Sendable {
    package let status: Int
    /// The lines of the head, the status line first.
    package let head: [String]
    package let body: [UInt8]
    /// The lines behind a chunked body.
    package let trailers: [String]

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The values of all fields of that name, in order. The name is compared without case.
    package func values(_ name: String) -> [String] {
        head.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].lowercased() == name.lowercased()
            else { return nil }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
    }

    /// The value of the field, if there is exactly one.
    package func value(_ name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }
}
