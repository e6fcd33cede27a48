package import RouteTable

/// One request and what is expected of it.
package struct RouteTest: Equatable, Sendable {
    package var name: String
    /// Where the test begins.
    package var place: Place
    package var request: DescribedRequest
    package var expectations: [Expectation]
    /// Whether other spellings of the URL are tried as well.
    package var hasVariants: Bool

    /// A place in a test file.
    package struct Place: Equatable, Sendable {
        /// As the user gave it.
        package var file: String
        /// Counted from 1.
        package var line: Int

        package init(file: String, line: Int) {
            self.file = file
            self.line = line
        }

        /// `file:line`
        package var text: String { "\(file):\(line)" }
    }
}
