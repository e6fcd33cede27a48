/// The files of one configuration in the order in which they were read. The main file is the first.
package struct SourceList: Sendable {
    package private(set) var texts: [SourceText] = []

    package init() {}

    /// Adds a file and names it.
    package mutating func add(_ text: SourceText) -> SourceFile {
        texts.append(text)
        return SourceFile(index: texts.count - 1)
    }

    /// - Precondition: The file is one of this list.
    package subscript(file: SourceFile) -> SourceText {
        precondition(texts.indices.contains(file.index), "a source file of another list")
        return texts[file.index]
    }
}
