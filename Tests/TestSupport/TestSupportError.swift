/// Why a test could not go on.
package struct TestSupportError: Error, CustomStringConvertible, Sendable {
    package let description: String

    package init(_ description: String) { self.description = description }
}
