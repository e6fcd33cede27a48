/// The problems that kept a table from being written, in the order of the source. At least one.
package struct CompileFailure: Error, Equatable, Sendable {
    package let problems: [CompileProblem]

    package init(_ problems: [CompileProblem]) { self.problems = problems }
}
