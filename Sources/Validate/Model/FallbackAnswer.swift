/// `answer` of a `fallback`: what clients get where nothing else is left.
package struct FallbackAnswer: Sendable {
    /// A header of the answer.
    package struct Field: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Most bytes of a body.
    package static let bodyByteCountMax = 1 << 16
    /// Most bytes of all headers, with what stands between them.
    package static let fieldsByteCountMax = 1 << 13

    package var status: UInt16 = 503
    /// Empty where there is no body.
    package var contentType = ""
    package var body: [UInt8] = []
    /// Where the body comes from, until it was read.
    package var bodyFile: Located<String>?
    package var fields: [Field] = []
    /// Nil: what the proxy knows of the backends, if the status is 503.
    package var retryAfterSeconds: UInt32?

    package init() {}
}
