package import Diagnostics

/// Reads the text of one file into a tree.
package enum SyntaxReader {
    /// Reads a whole file. Never traps, whatever the bytes are.
    ///
    /// - Parameters:
    ///   - source: The text with its name.
    ///   - file: How ranges name the file.
    ///   - environment: What `${NAME}` stands for.
    ///   - sink: Receives what is wrong. A tree may come back together with errors (a key given twice,
    ///     a variable that is not set), so that the rest is checked too.
    /// - Returns: The tree, or nil if the text has none.
    /// - Complexity: O(*n*) and at most ``SyntaxLimits/aliasedNodeCountMax`` further nodes.
    package static func read(
        _ source: SourceText, as file: SourceFile, environment: Environment,
        into sink: inout DiagnosticSink
    ) -> Node? {
        let result = readAll(source, as: file, environment: environment, into: &sink)
        return result.lostOffset == nil ? result.tree : nil
    }

    /// Reads what can be read of a file, as ``read(_:as:environment:into:)`` does, and says what is missing.
    package static func readAll(
        _ source: SourceText, as file: SourceFile, environment: Environment,
        into sink: inout DiagnosticSink
    ) -> SyntaxResult {
        guard let start = check(source, as: file, into: &sink) else {
            return SyntaxResult(tree: nil, lostOffset: 0, cutSection: nil, dropped: [])
        }
        let text = source.bytes[start...]
        var builder = TreeBuilder(
            source: source, file: file, start: start, environment: environment, sink: sink)
        // SAFETY: the reader ends inside the closure, before the buffer does.
        let tree = unsafe text.withUnsafeBufferPointer { buffer in
            unsafe builder.build(from: YAMLEventReader(buffer))
        }
        if tree != nil { builder.checkTabs() }
        sink = builder.sink
        return SyntaxResult(
            tree: tree, lostOffset: tree == nil ? start : builder.lostOffset,
            cutSection: builder.cutSection, dropped: builder.dropped)
    }

    /// - Returns: Where the text begins, behind a byte order mark; nil if it can't be read.
    private static func check(
        _ source: SourceText, as file: SourceFile, into sink: inout DiagnosticSink
    ) -> Int? {
        let bytes = source.bytes
        guard bytes.count <= SyntaxLimits.fileByteCountMax else {
            sink.error(
                .fileTooLarge, at: source.range(0..<0, in: file),
                "the file has more than \(SyntaxLimits.fileByteCountMax) bytes",
                suggestion: "split it into fragments with `config_dir`")
            return nil
        }
        if let offset = TextCheck.firstInvalidOffset(in: bytes) {
            let hex = String(bytes[offset], radix: 16, uppercase: true)
            sink.error(
                .invalidUTF8, at: source.range(offset..<(offset + 1), in: file),
                "the file is not UTF-8: byte 0x\(hex)",
                suggestion: "save the file as UTF-8")
            return nil
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if let found = TextCheck.firstForbiddenCharacter(in: bytes[start...]) {
            let scalar = String(decoding: bytes[found], as: UTF8.self).unicodeScalars.first
            let hex = String(scalar?.value ?? 0, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
            sink.error(
                .forbiddenCharacter, at: source.range(found, in: file),
                "the control character \(name) is not allowed in YAML",
                suggestion: "remove it")
            return nil
        }
        return start
    }
}
